import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { connectorPoints } from "../model/connector-geometry.ts";
import { connectorRoute } from "../model/connector-route.ts";
import { drawSvg } from "../paint/draw-svg.ts";
import { createStandIn } from "../stand-in.ts";

const place = fc.record({
  x: fc.integer({ min: -900, max: 900 }),
  y: fc.integer({ min: -900, max: 900 }),
});
const magnet = fc.constantFrom("AUTO", "TOP", "RIGHT", "BOTTOM", "LEFT");

describe("an elbowed connector", () => {
  test("runs from end to end in level and upright parts only, wherever its layers are", () => {
    fc.assert(
      fc.property(place, place, magnet, magnet, (from, to, out, into) => {
        const { document, user } = createStandIn({ editor: "figjam" });
        const [start, end] = [user.addSticky("From", from), user.addSticky("To", to)];
        const connector = user.drawConnector(start, end);
        user.set(connector, "connectorStart", { endpointNodeId: start.id, magnet: out });
        user.set(connector, "connectorEnd", { endpointNodeId: end.id, magnet: into });
        const route = connectorRoute(document, connector);
        const points = connectorPoints(document, connector);
        if (points.start.x === points.end.x && points.start.y === points.end.y) return;
        expect([route[0], route.at(-1)]).toEqual([points.start, points.end]);
        for (const [index, point] of route.slice(1).entries()) {
          const before = route[index]!;
          expect(point.x === before.x || point.y === before.y).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("between free ends does so too", () => {
    const { document, user } = createStandIn({ editor: "figjam" });
    const connector = user.drawConnector({ x: 0, y: 0 }, { x: 300, y: 120 });
    expect(connectorRoute(document, connector)).toEqual([
      { x: 0, y: 0 },
      { x: 150, y: 0 },
      { x: 150, y: 120 },
      { x: 300, y: 120 },
    ]);
  });
});

test("an arrow of the arrow tool shows its head, a plain line none", () => {
  const { document, user } = createStandIn({ editor: "figma" });
  const box = { x: 0, y: 0, width: 200, height: 100 };
  const paths = (svg: string) => svg.match(/<path /g)?.length ?? 0;
  const arrow = user.drawArrow({ x: 0, y: 0 }, { x: 180, y: 80 });
  expect(paths(drawSvg(document, [arrow], box, 1))).toBe(2);
  const line = user.draw("LINE", { width: 100 });
  expect(paths(drawSvg(document, [line], box, 1))).toBe(1);
});

test("what a file says in place of a number never becomes markup", () => {
  const hostile = '"><script>alert(1)</script>';
  const { document, user } = createStandIn({ editor: "figma" });
  const fills = [{ type: "SOLID", color: { r: 1, g: 0, b: 0, a: hostile }, opacity: hostile }];
  const effects = [
    { type: "DROP_SHADOW", offset: { x: hostile, y: 0 }, radius: hostile, color: { a: hostile } },
  ];
  const rectangle = user.draw("RECTANGLE", {
    name: hostile,
    fills,
    strokes: fills,
    effects,
    strokeWeight: hostile,
    dashPattern: [hostile],
    cornerRadius: hostile,
    opacity: hostile,
  });
  const text = user.draw("TEXT");
  user.type(text, hostile);
  const box = { x: 0, y: 0, width: 200, height: 100 };
  expect(drawSvg(document, [rectangle, text], box, 1)).not.toContain("<script");
});
