import { renderPicture } from "../../figma/host/render-picture.ts";

/** A cup on a table in soft light, drawn for this project: the product shot of the example. */
const cup = `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="360" viewBox="0 0 480 360">
<defs>
<linearGradient id="wall" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#efe7dc"/><stop offset="1" stop-color="#d7c8b6"/></linearGradient>
<linearGradient id="table" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#c79f76"/><stop offset="1" stop-color="#a97f57"/></linearGradient>
<linearGradient id="body" x1="0" y1="0" x2="1" y2="0"><stop offset="0" stop-color="#2c5f63"/><stop offset="0.35" stop-color="#5fa3a3"/><stop offset="0.6" stop-color="#3f8285"/><stop offset="1" stop-color="#1d4448"/></linearGradient>
<radialGradient id="shade" cx="0.5" cy="0.5" r="0.5"><stop offset="0" stop-color="#3a2413" stop-opacity="0.55"/><stop offset="1" stop-color="#3a2413" stop-opacity="0"/></radialGradient>
</defs>
<rect width="480" height="360" fill="url(#wall)"/>
<path d="M330 0H480V230H300Z" fill="#f8f1e7" opacity="0.55"/>
<rect y="230" width="480" height="130" fill="url(#table)"/>
<path d="M0 262C120 256 340 268 480 258M0 304C160 296 330 312 480 302" stroke="#8f6842" stroke-width="1.500" opacity="0.5" fill="none"/>
<ellipse cx="262" cy="292" rx="150" ry="26" fill="url(#shade)"/>
<path d="M300 150C372 132 384 236 292 232" fill="none" stroke="#1d4448" stroke-width="20"/>
<path d="M300 150C372 132 384 236 292 232" fill="none" stroke="#4d9294" stroke-width="9"/>
<path d="M136 118H308C308 216 288 290 262 296H182C156 290 136 216 136 118Z" fill="url(#body)"/>
<ellipse cx="222" cy="118" rx="86" ry="20" fill="#1d4448"/>
<ellipse cx="222" cy="120" rx="78" ry="16" fill="#4a2a17"/>
<path d="M168 116C190 108 240 106 270 114" stroke="#8a5a35" stroke-width="3" fill="none" opacity="0.8"/>
<path d="M162 150C164 206 174 252 188 276" stroke="#d7efed" stroke-width="7" opacity="0.55" fill="none" stroke-linecap="round"/>
<path d="M136 176H308" stroke="#e9d9a8" stroke-width="5" opacity="0.85"/>
<path d="M198 92C186 74 210 66 200 44M232 92C220 70 246 60 234 34" stroke="#ffffff" stroke-width="4" opacity="0.55" fill="none" stroke-linecap="round"/>
</svg>`;

/** The product shot as PNG: 480 by 360, too small for a page of today. */
export function drawProductPicture(): Promise<Uint8Array> {
  return renderPicture(cup, "PNG", []);
}
