// Explorers on a page without Python: each is handed its plane and a model that only remembers.
// Follows the explorers' own module, whose `render` it calls.

const BYTES = { float32: 4, uint16: 2, uint8: 1 };

async function unpack(text) {
  const packed = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const length = new DataView(bytes.buffer).getUint32(0, true);
  const bundle = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  for (const table of Object.values(bundle.plane.tables)) {
    const start = 4 + length + table.data[0];
    table.data = sorted(table, bytes.subarray(start, start + table.data[1]));
  }
  return bundle;
}

// Back from byte by byte to number by number, and from differences to codes.
function sorted({ dtype, shape, axes }, bytes) {
  const size = BYTES[dtype];
  const n = bytes.length / size;
  const sorted = new Uint8Array(bytes.length);
  for (let k = 0; k < size; k += 1) {
    for (let i = 0; i < n; i += 1) sorted[i * size + k] = bytes[k * n + i];
  }
  if (dtype !== "float32" && shape.length > axes.length) {
    const codes = new ARRAYS[dtype](sorted.buffer);
    const row = shape.at(-1);
    for (let i = 0; i < n; i += 1) if (i % row) codes[i] += codes[i - 1]; // wraps around
  }
  return new DataView(sorted.buffer);
}

function remembering({ scene, plane, settings }) {
  const values = { scene, plane, ...settings };
  const nothing = () => {};
  return {
    get: (name) => values[name],
    set: (name, value) => {
      values[name] = value;
    },
    on: nothing,
    off: nothing,
    send: nothing,
    save_changes: nothing,
  };
}

async function wake(place) {
  const [picture, packed] = place.children;
  const model = remembering(await unpack(packed.textContent));
  const el = document.createElement("div");
  picture.replaceWith(el);
  packed.remove();
  render({ model, el });
}

// The explorers ask the body which theme is on, as they do in Jupyter.
const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => {
  document.body.dataset.jpThemeLight = String(!dark.matches);
};
dark.addEventListener("change", follow);
follow();

// What is wider than the page scrolls, by keyboard too.
function reach() {
  for (const node of document.querySelectorAll("pre, .wide, .long")) {
    const scrolls = node.scrollWidth > node.clientWidth;
    if (scrolls) node.tabIndex = 0;
    else node.removeAttribute("tabindex");
  }
}
addEventListener("resize", reach);
await document.fonts.ready; // formulas have their width
reach();

const contents = document.querySelector(".contents");
if (contents) contents.open = matchMedia("(min-width: 72rem)").matches;

for (const place of document.querySelectorAll("div.explorer")) await wake(place).catch(reportError);
document.documentElement.dataset.ready = "true";
