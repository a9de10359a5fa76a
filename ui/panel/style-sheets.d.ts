/** A style sheet for the whole panel, the way create-figma-plugin's build names it: it becomes a `<style>`. */
declare module "!*.css";
