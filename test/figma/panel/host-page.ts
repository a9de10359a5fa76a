/**
 * The page around a panel, where figma.com would be: it hands messages both ways and rebuilds bytes.
 * Messages are taken from the panel's own window only, and only with `pluginMessage`. What the
 * structured clone would carry and Figma does not (figma-platform.md 3.2) is reported and left out.
 */
export const hostPage = `<!doctype html><meta charset="utf-8"><title>Stand-in</title><body><script>
const toBase64 = (bytes) => { let text = ""; for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192)); return btoa(text); };
const pack = (value) => {
  if (value === undefined) return { $standIn: "undefined" };
  if (value instanceof Uint8Array) return { $standIn: "bytes", base64: toBase64(value) };
  if (value instanceof Date) return { $standIn: "date", time: value.getTime() };
  if (value instanceof Blob || value instanceof ArrayBuffer || ArrayBuffer.isView(value) || value instanceof Map || value instanceof Set) { standInProblem("message", "A panel message holds a " + value.constructor.name + ", which Figma does not carry."); return { $standIn: "undefined" }; }
  if (Array.isArray(value)) return value.map(pack);
  if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, pack(item)]));
  return value;
};
const unpack = (value) => {
  if (Array.isArray(value)) return value.map(unpack);
  if (!value || typeof value !== "object") return value;
  if (value.$standIn === "undefined") return undefined;
  if (value.$standIn === "bytes") return Uint8Array.from(atob(value.base64), (letter) => letter.charCodeAt(0));
  if (value.$standIn === "date") return new Date(value.time);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unpack(item)]));
};
let frame = null;
window.showPanel = (source, width, height) => new Promise((resolve) => {
  frame?.remove();
  frame = document.createElement("iframe");
  frame.id = "panel"; frame.width = width; frame.height = height; frame.style.border = "0";
  frame.setAttribute("sandbox", "allow-scripts allow-modals allow-forms allow-popups allow-downloads");
  frame.addEventListener("load", () => resolve(), { once: true });
  frame.src = source;
  document.body.append(frame);
});
window.postToPanel = (message, pluginId) => frame?.contentWindow.postMessage({ pluginMessage: unpack(message), pluginId }, "*");
window.resizePanel = (width, height) => { frame.width = width; frame.height = height; };
addEventListener("message", (event) => {
  if (event.source !== frame?.contentWindow || !event.data || typeof event.data !== "object") return;
  if ("pluginMessage" in event.data) standInMessage(pack(event.data.pluginMessage));
  else if ("pluginDrop" in event.data) standInDrop(pack(event.data.pluginDrop));
});
</script></body>`;
