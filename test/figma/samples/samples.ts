/** An ordinary plugin, written the way the public samples are. */
export interface Sample {
  readonly editorType: readonly ("figma" | "figjam")[];
  readonly code: string;
  readonly manifest?: Readonly<Record<string, unknown>>;
}

/** Rectangles in a row, selected and shown. */
export const rectangles: Sample = {
  editorType: ["figma", "figjam"],
  code: `figma.showUI(__html__);
figma.ui.onmessage = (msg) => {
  if (msg.type === 'create-rectangles') {
    const nodes = [];
    for (let i = 0; i < msg.count; i++) {
      const rect = figma.createRectangle();
      rect.x = i * 150;
      rect.fills = [{ type: 'SOLID', color: { r: 1, g: 0.5, b: 0 } }];
      figma.currentPage.appendChild(rect);
      nodes.push(rect);
    }
    figma.currentPage.selection = nodes;
    figma.viewport.scrollAndZoomIntoView(nodes);
  }
  figma.closePlugin();
};`,
};

/** Text with two fonts, links and list lines. */
export const styledText: Sample = {
  editorType: ["figma"],
  code: `async function main() {
  const text = figma.createText();
  await Promise.all([figma.loadFontAsync({ family: 'Inter', style: 'Regular' }), figma.loadFontAsync({ family: 'Inter', style: 'Bold' })]);
  text.characters = 'Title\\nfirst line\\nsecond line';
  text.setRangeFontName(0, 5, { family: 'Inter', style: 'Bold' });
  text.setRangeFontSize(0, 5, 32);
  text.setRangeListOptions(6, text.characters.length, { type: 'UNORDERED' });
  text.textAutoResize = 'HEIGHT';
  text.resize(200, text.height);
  return text.getStyledTextSegments(['fontName', 'fontSize', 'listOptions']).length + ' segments, ' + text.height + ' high';
}
main().then((message) => figma.closePlugin(message)).catch((error) => figma.closePlugin('failed: ' + error.message));`,
};

/** A card in auto-layout, as a component with an instance. */
export const card: Sample = {
  editorType: ["figma"],
  code: `(async () => {
  await figma.loadFontAsync({ family: 'Inter', style: 'Medium' });
  const card = figma.createComponent();
  card.name = 'Card';
  card.layoutMode = 'VERTICAL';
  card.primaryAxisSizingMode = 'AUTO';
  card.counterAxisSizingMode = 'FIXED';
  card.resize(240, 100);
  card.layoutSizingVertical = 'HUG';
  card.paddingLeft = card.paddingRight = card.paddingTop = card.paddingBottom = 16;
  card.itemSpacing = 12;
  card.cornerRadius = 8;
  card.effects = [{ type: 'DROP_SHADOW', color: { r: 0, g: 0, b: 0, a: 0.2 }, offset: { x: 0, y: 2 }, radius: 6, visible: true, blendMode: 'NORMAL' }];
  const picture = figma.createRectangle();
  picture.resize(100, 120);
  card.appendChild(picture);
  picture.layoutAlign = 'STRETCH';
  const title = figma.createText();
  title.fontName = { family: 'Inter', style: 'Medium' };
  title.characters = 'A card with a title that is longer than one line';
  card.appendChild(title);
  title.layoutSizingHorizontal = 'FILL';
  const instance = card.createInstance();
  instance.x = card.x + card.width + 40;
  figma.notify('Made ' + card.name + ' ' + card.width + 'x' + card.height + ', picture ' + picture.width + ', title ' + title.width);
  figma.closePlugin();
})();`,
};

/** Renames what is selected and keeps the panel informed. */
export const renamer: Sample = {
  editorType: ["figma", "figjam"],
  code: `figma.showUI('<p></p>', { width: 240, height: 120 });
function tell() {
  figma.ui.postMessage({ type: 'selection', names: figma.currentPage.selection.map((node) => node.name) });
}
figma.on('selectionchange', tell);
figma.ui.on('message', (message) => {
  if (message.type !== 'rename') return;
  for (const [index, node] of figma.currentPage.selection.entries()) node.name = message.prefix + ' ' + (index + 1);
  tell();
});
tell();`,
};

/** Stickies in a row in a section, joined by connectors. */
export const stickies: Sample = {
  editorType: ["figjam"],
  code: `async function run(words) {
  const section = figma.createSection();
  section.name = 'Ideas';
  let before = null;
  for (const [index, word] of words.entries()) {
    const sticky = figma.createSticky();
    await figma.loadFontAsync(sticky.text.fontName);
    sticky.text.characters = word;
    section.appendChild(sticky);
    sticky.x = 40 + index * 320;
    sticky.y = 40;
    if (before) {
      const connector = figma.createConnector();
      connector.connectorStart = { endpointNodeId: before.id, magnet: 'AUTO' };
      connector.connectorEnd = { endpointNodeId: sticky.id, magnet: 'AUTO' };
      connector.connectorEndStrokeCap = 'TRIANGLE_FILLED';
      section.appendChild(connector);
    }
    before = sticky;
  }
  section.resizeWithoutConstraints(80 + words.length * 320, 320);
  const table = figma.createTable(2, 2);
  table.cellAt(0, 0).text.fontName;
  table.insertRow(1);
  figma.closePlugin(section.children.length + ' things, ' + table.numRows + ' rows');
}
run(['One', 'Two', 'Three']);`,
};

/** Counts its runs in plugin data and offers a button to run again. */
export const counter: Sample = {
  editorType: ["figma"],
  manifest: { relaunchButtons: [{ command: "again", name: "Count again" }] },
  code: `const [node] = figma.currentPage.selection;
if (!node) figma.closePlugin('Select a layer first');
else {
  const count = Number(node.getPluginData('count') || 0) + 1;
  node.setPluginData('count', String(count));
  node.setRelaunchData({ again: 'Ran ' + count + ' times' });
  figma.closePlugin(figma.command + ':' + count);
}`,
};

/** Asks for a shape and a size in quick actions. */
export const parametersPlugin: Sample = {
  editorType: ["figma"],
  manifest: {
    parameters: [
      { name: "Shape", key: "shape" },
      { name: "Size", key: "size", allowFreeform: true },
    ],
  },
  code: `figma.parameters.on('input', ({ query, key, result }) => {
  if (key === 'shape') result.setSuggestions(['rectangle', 'ellipse'].filter((name) => name.includes(query)));
  else if (isNaN(Number(query))) result.setError('Enter a number');
  else result.setSuggestions([query]);
});
figma.on('run', ({ parameters }) => {
  const size = Number(parameters.size);
  const node = parameters.shape === 'ellipse' ? figma.createEllipse() : figma.createRectangle();
  node.resize(size, size);
  figma.closePlugin();
});`,
};
