import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** A wire to a server that can be cut. */
export interface TcpProxy {
  /** The server's address by way of the proxy. */
  readonly url: string;
  /** Cuts every connection and lets no new one through until it is mended. */
  cut(): void;
  mend(): Promise<void>;
  /** Cuts once a client has sent these words, after they have arrived and before they are answered. */
  cutAfter(words: string): void;
  close(): void;
}

/** Opens a proxy before the server of an address. */
export async function openTcpProxy(address: string): Promise<TcpProxy> {
  const target = new URL(address);
  const open = new Set<Socket>();
  let lastWords: string | null = null;
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on("error", () => undefined);
      socket.once("close", () => {
        open.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on("data", (data) => {
      if (lastWords === null || !data.includes(lastWords)) {
        upstream.write(data);
        return;
      }
      lastWords = null;
      client.pause();
      // The server acts on what it has; nobody hears of it.
      upstream.end(data, cut);
    });
    upstream.on("data", (data) => client.write(data));
  });
  const cut = () => {
    server.close();
    for (const socket of open) socket.destroy();
  };
  const listen = (port: number) =>
    new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const url = new URL(address);
  url.host = `127.0.0.1:${port}`;
  return {
    url: url.href,
    cut,
    mend: () => listen(port),
    cutAfter: (words) => {
      lastWords = words;
    },
    close: () => {
      if (server.listening) cut();
    },
  };
}
