/** The pieces that other reports are made of: HTML that escapes what it is given, the map, the style. */
export { formatted, Html, html } from './html.ts';
export { mapSvg } from './map-svg.ts';
export { style as reportStyle } from './style.ts';
export { worldOutlines } from './world-outlines.ts';
