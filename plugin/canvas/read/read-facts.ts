import type { LayerFacts } from "#domain/layer";
import { makeWellFormed } from "#domain/well-formed";
import type { FoundLayer } from "./found-layer.ts";
import { readBox } from "./read-box.ts";
import { readConnector, readPath } from "./read-line.ts";
import { readPictureFacts } from "./read-picture-facts.ts";
import { readRecords } from "./read-records.ts";
import { readText } from "./read-text.ts";

/**
 * The facts of a layer, read from the canvas now; null for one that is gone by now, or that Figma
 * cannot tell about: one odd layer must not cost the board. `mayRemember` false spares the look.
 */
export function tryReadFacts(found: FoundLayer, mayRemember = true): LayerFacts | null {
  try {
    return readFacts(found, mayRemember);
  } catch {
    return null;
  }
}

function readFacts(found: FoundLayer, mayRemember: boolean): LayerFacts {
  const { type, node, id, parent, isArtwork } = found;
  const isConnector = type === "CONNECTOR";
  const isInInstance = id.includes(";");
  const records = mayRemember ? readRecords(node) : {};
  // Of parts of instances, which are found only where they are shown, nobody is shown the name; of
  // connectors only in a sentence on what one remembers.
  const isNameless = isInInstance || (isConnector && Object.keys(records).length === 0);
  return {
    id,
    type,
    name: isNameless ? "" : makeWellFormed(node.name),
    parent,
    isVisible: isInInstance || node.visible,
    // Its ends say where a connector is; its box changes with every layer that it is tied to.
    box: isConnector ? null : readBox(node),
    text: readText(found),
    // Neither a picture nor a line of artwork is a thing of its own.
    picture: isArtwork ? null : readPictureFacts(found),
    link: readLink(found),
    connector: isConnector ? readConnector(node) : null,
    path: !isArtwork && (type === "LINE" || type === "VECTOR") ? readPath(node) : null,
    records,
  };
}

function readLink({ type, node }: FoundLayer): string | null {
  if (type === "EMBED") return node.embedData.canonicalUrl ?? node.embedData.srcUrl;
  return type === "LINK_UNFURL" ? node.linkUnfurlData.url : null;
}
