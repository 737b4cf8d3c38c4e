// Layers: each kind drawn from plain data. pictures.py draws the same kinds for print.

const LAYERS = { line, regions, mesh, surface, path, marks, dots, rule, cloud, words, cards, arrows };

function line(surface, pen, { x, y, color, width = 1.8, dash = false }) {
  pen.strokeStyle = surface.color(color);
  pen.lineWidth = width;
  pen.setLineDash(dash ? [5, 4] : []);
  pen.beginPath();
  trace(surface, pen, x, y);
  pen.stroke();
  pen.setLineDash([]);
}

// Shaded levels: each lies on the one below, so that higher ground is darker.
function regions(surface, pen, { regions, color }) {
  for (const { x, y, starts } of regions) {
    pen.beginPath();
    for (let i = 0; i + 1 < starts.length; i += 1) {
      trace(surface, pen, x.slice(starts[i], starts[i + 1]), y.slice(starts[i], starts[i + 1]));
      pen.closePath();
    }
    pen.fillStyle = pen.strokeStyle = surface.color(color);
    pen.globalAlpha = 0.035;
    pen.fill("evenodd");
    pen.globalAlpha = 0.4;
    pen.lineWidth = 0.8;
    pen.stroke();
  }
  pen.globalAlpha = 1;
}

// The steps of a run: dots that shrink as it goes on, joined by a line.
function path(surface, pen, { x, y, color, ends = [] }) {
  const n = lastStep(x, y) + 1;
  pen.strokeStyle = pen.fillStyle = surface.color(color);
  pen.lineWidth = 1.3;
  pen.globalAlpha = 0.75;
  pen.beginPath();
  for (let i = 0; i < n; i += 1) pen.lineTo(surface.x(x[i]), surface.y(y[i]));
  pen.stroke();
  pen.globalAlpha = 1;
  for (let i = 1; i < n; i += 1) dot(pen, surface.x(x[i]), surface.y(y[i]), dotSize(i));
  symbol(surface, pen, "ring", x[0], y[0], color);
  if (ends.length) {
    const last = { x: x[n - 1], y: y[n - 1] };
    label(surface, pen, ends[0], x[0], y[0], color);
    if (n > 1 && within(surface, last)) {
      symbol(surface, pen, "square", last.x, last.y, color);
      const [dx, dy] = [surface.x(last.x) - surface.x(x[0]), surface.y(last.y) - surface.y(y[0])];
      if (Math.hypot(dx, dy) > 40) label(surface, pen, ends[1], last.x, last.y, color);
    }
  }
}

function marks(surface, pen, { x, y, shape, color, labels = [], sides = [], size = 1 }) {
  [x, y] = [x, y].map((places) => (typeof places === "number" ? [places] : [...places]));
  x.forEach((_, i) => symbol(surface, pen, shape, x[i], y[i], color, size));
  labels.forEach((text, i) => label(surface, pen, text, x[i], y[i], color, sides[i]));
}

// Where a run has been lately; x may be one place for all.
function dots(surface, pen, { x, y, color, alpha = 0.5 }) {
  pen.fillStyle = surface.color(color);
  pen.globalAlpha = alpha;
  y.forEach((height, i) => {
    if (!Number.isNaN(height)) dot(pen, surface.x(x[i] ?? x), surface.y(height), 3.5);
  });
  pen.globalAlpha = 1;
}

// Upright lines across the panel, their words standing beside them.
function rule(surface, pen, { x, color, labels = [], dash = true }) {
  const { low, high } = surface.panel.y;
  const places = [x].flat();
  for (const place of places) {
    line(surface, pen, { x: [place, place], y: [low, high], color, dash });
  }
  pen.textAlign = "right";
  pen.textBaseline = "middle";
  labels.forEach((text, i) => {
    pen.save();
    pen.translate(surface.x(places[i]) - 11, surface.top + 6);
    pen.rotate(-Math.PI / 2);
    halo(surface, pen, text, 0, 0, color);
    pen.restore();
  });
}

// Every place of a whole table, one column per slider position.
function cloud(surface, pen, { x, columns, color, size = 1.2, alpha = 0.5 }) {
  pen.fillStyle = surface.color(color);
  pen.globalAlpha = alpha;
  x.forEach((place, i) => {
    const left = surface.x(place) - size / 2;
    for (const y of columns[i]) {
      if (!Number.isNaN(y)) pen.fillRect(left, surface.y(y) - size / 2, size, size);
    }
  });
  pen.globalAlpha = 1;
}

// Words centred on points, or so many pixels right of them and below.
function words(surface, pen, { x, y, color, labels, shift = [0, 0] }) {
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  const [right, down] = shift;
  labels.forEach((text, i) => {
    halo(surface, pen, text, surface.x(x[i]) + right, surface.y(y[i]) + down, color);
  });
}

// -- pieces ------------------------------------------------------------------------------------

function trace(surface, pen, x, y) {
  x.forEach((_, i) => {
    const point = [surface.x(x[i]), surface.y(y[i])];
    if (i) pen.lineTo(...point);
    else pen.moveTo(...point);
  });
}

const dotSize = (i) => Math.max(1.8, 4.2 - 0.12 * i);

function lastStep(x, y) {
  let last = 0;
  while (last + 1 < x.length && !Number.isNaN(x[last + 1]) && !Number.isNaN(y[last + 1])) last += 1;
  return last;
}

const within = ({ panel }, { x, y }) =>
  x >= panel.x.low && x <= panel.x.high && y >= panel.y.low && y <= panel.y.high;

function dot(pen, x, y, radius) {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.fill();
}

const TRIANGLE = [[0, -7], [6.5, 5], [-6.5, 5]];
const DIAMOND = [[0, -7], [7, 0], [0, 7], [-7, 0]];

// A ring is hollow, a diamond and a square have a thin rim: told apart without colour.
function symbol(surface, pen, shape, valueX, valueY, color, size = 1) {
  const [x, y] = [surface.x(valueX), surface.y(valueY)];
  const r = 5 * size;
  pen.fillStyle = surface.color(shape === "ring" ? "paper" : color);
  pen.strokeStyle = surface.color(shape === "ring" ? color : "paper");
  pen.lineWidth = shape === "ring" ? 2 : 1.2;
  pen.beginPath();
  if (shape === "ring") pen.arc(x, y, 0.9 * r, 0, 2 * Math.PI);
  else if (shape === "disc") pen.arc(x, y, r, 0, 2 * Math.PI);
  else if (shape === "square") pen.rect(x - r, y - r, 2 * r, 2 * r);
  else {
    const corners = shape === "triangle" ? TRIANGLE : DIAMOND;
    for (const [dx, dy] of corners) pen.lineTo(x + dx * size, y + dy * size);
  }
  pen.closePath();
  pen.fill();
  pen.stroke();
}

// Words beside a point: above right of it, or where there is no room for that, on another side.
function label(surface, pen, text, x, y, color, side = "") {
  const [left, top] = [surface.x(x), surface.y(y)];
  const width = pen.measureText(text).width;
  const [first, last] = [surface.left + 4, surface.left + surface.width - width - 4];
  const fits = left + 16 <= last;
  const [vertical, horizontal] = (side || `above ${fits ? "right" : "left"}`).split(" ");
  const begin = { left: left - width - 16, right: left + 16 }[horizontal] ?? left - width / 2;
  const above = vertical === "above" && top > surface.top + 24;
  pen.textAlign = "left";
  pen.textBaseline = "middle";
  halo(surface, pen, text, Math.min(last, Math.max(first, begin)), top + (above ? -12 : 17), color);
}

function halo(surface, pen, text, x, y, color) {
  pen.lineWidth = 4;
  pen.strokeStyle = surface.color("paper");
  pen.strokeText(text, x, y);
  pen.fillStyle = surface.color(color);
  pen.fillText(text, x, y);
}
