/**
 * The same answer without a secret: hosts say keys back in errors, headers and debug fields. Each of its
 * characters becomes a star, so that lengths still hold. Forms other than the very characters, such as
 * base64 of them, are not known here.
 */
export function withoutSecret(answer: Response, secret: string): Response {
  const { status } = answer;
  const headers = new Headers();
  const stars = "*".repeat(secret.length);
  for (const [name, value] of answer.headers) headers.append(name, value.replaceAll(secret, stars));
  return new Response(answer.body?.pipeThrough(starSecret(Buffer.from(secret))) ?? null, {
    status,
    headers,
  });
}

function starSecret(secret: Buffer): TransformStream<Uint8Array, Uint8Array> {
  // Less than the secret is held back, because the rest of it may come with the next piece.
  let held = Buffer.alloc(0);
  return new TransformStream<Uint8Array, Uint8Array>({
    transform: (piece, controller) => {
      const bytes = Buffer.concat([held, piece]);
      for (let at = bytes.indexOf(secret); at >= 0; at = bytes.indexOf(secret, at)) {
        bytes.fill("*", at, at + secret.length);
      }
      const free = Math.max(0, bytes.length - secret.length + 1);
      held = bytes.subarray(free);
      if (free > 0) controller.enqueue(new Uint8Array(bytes.subarray(0, free)));
    },
    flush: (controller) => {
      if (held.length > 0) controller.enqueue(new Uint8Array(held));
    },
  });
}
