// Shades: layers that show values from 0 to 1 as colours.

// Cells around their centres; a value from 0 to 1 runs through the colours, NaN is left open.
// Drawn as one picture: thousands of rectangles would not keep up with a hand.
function mesh(surface, pen, { x, y, values, colors, alpha = 0.6 }) {
  const shades = mixed(surface, colors).map(([r, g, b]) => (255 << 24) | (b << 16) | (g << 8) | r);
  const right = edges(x.map((value) => surface.x(value)));
  const up = edges(y.map((value) => surface.y(value)));
  const [width, height] = [right.at(-1) - right[0], up[0] - up.at(-1)];
  const picture = new ImageData(width, height);
  const pixels = new Uint32Array(picture.data.buffer);
  for (let j = 0; j < y.length; j += 1) {
    const [top, bottom] = [up[j + 1] - up.at(-1), up[j] - up.at(-1)];
    for (let i = 0; i < x.length; i += 1) {
      const value = values[j * x.length + i];
      if (Number.isNaN(value)) continue;
      const [first, end] = [right[i] - right[0], right[i + 1] - right[0]];
      pixels.fill(shades[shadeOf(value)], top * width + first, top * width + end);
    }
    const line = pixels.subarray(top * width, (top + 1) * width);
    for (let row = top + 1; row < bottom; row += 1) pixels.set(line, row * width);
  }
  const sheet = element("canvas", { width, height });
  sheet.getContext("2d").putImageData(picture, 0, 0);
  pen.imageSmoothingEnabled = false;
  pen.globalAlpha = alpha;
  pen.drawImage(sheet, right[0], up.at(-1));
  pen.globalAlpha = 1;
}

// A surface in space: four-cornered pieces, listed from the farthest to the nearest.
function surface(canvas, pen, { x, y, values, quads, colors }) {
  const shades = mixed(canvas, colors).map((color) => `rgb(${color.join(" ")})`);
  const [across, up] = [Array.from(x, (v) => canvas.x(v)), Array.from(y, (v) => canvas.y(v))];
  pen.lineWidth = 0.6;
  pen.strokeStyle = canvas.color("axis");
  for (const corners of quads) {
    pen.beginPath();
    for (const k of corners) pen.lineTo(across[k], up[k]);
    pen.closePath();
    pen.fillStyle = shades[shadeOf(corners.reduce((sum, k) => sum + values[k], 0) / corners.length)];
    pen.fill();
    pen.stroke();
  }
}

// Whole pixels midway between centres, so that no seam shows.
function edges(centres) {
  const last = centres.length - 1;
  const middle = (i) => (centres[i] + centres[i + 1]) / 2;
  const ends = [2 * centres[0] - middle(0), 2 * centres[last] - middle(last - 1)];
  const inner = centres.slice(0, last).map((_, i) => middle(i));
  return [ends[0], ...inner, ends[1]].map(Math.round);
}

// 65 colours mixed beforehand, and which of them stands for a value from 0 to 1.
function mixed(surface, colors) {
  const named = colors.map((name) => surface.color(name));
  return Array.from({ length: 65 }, (_, i) => blend(named, i / 64));
}

const shadeOf = (value) => Math.round(64 * Math.min(1, Math.max(0, value)));

function blend(shades, value) {
  const place = value * (shades.length - 1);
  const low = Math.min(Math.floor(place), shades.length - 2);
  const rest = place - low;
  const channel = (shade, k) => Number.parseInt(shade.slice(2 * k + 1, 2 * k + 3), 16);
  return [0, 1, 2].map((k) =>
    Math.round((1 - rest) * channel(shades[low], k) + rest * channel(shades[low + 1], k)),
  );
}
