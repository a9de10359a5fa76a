/** The folder that the relay serves this page and its files from. */
export const here = "/playground/";
