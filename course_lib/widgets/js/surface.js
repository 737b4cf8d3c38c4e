// A surface: one canvas with two axes, crisp on every screen, in the colours of the theme.

const MARGIN = { left: 58, right: 18, top: 12, bottom: 44 };
const FONT_SIZE = 13;

class Surface {
  constructor(panel, root) {
    this.panel = panel;
    this.style = getComputedStyle(root); // live: follows the theme
    this.canvas = document.createElement("canvas");
    this.canvas.setAttribute("role", "img");
    if (panel.height) this.canvas.style.height = `${panel.height}px`;
    this.context = this.canvas.getContext("2d");
    this.still = document.createElement("canvas"); // axes and layers that no slider moves
    this.stillKey = null;
  }

  // Follows the width it is given; returns whether there is anything to draw on.
  resize() {
    const width = this.canvas.clientWidth;
    const height = this.canvas.clientHeight;
    const ratio = window.devicePixelRatio || 1;
    this.key = `${width} ${height} ${ratio}`;
    for (const canvas of [this.canvas, this.still]) {
      const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
      if (canvas.width !== wide) canvas.width = wide;
      if (canvas.height !== high) canvas.height = high;
    }
    this.ratio = ratio;
    const { left, right, top, bottom } = margins(this.panel);
    [this.left, this.top] = [left, top];
    this.width = width - left - right;
    this.height = height - top - bottom;
    return this.width > 0 && this.height > 0;
  }

  color(name) {
    return this.style.getPropertyValue(`--lfe-${name}`).trim();
  }

  // Another theme, other colours: draw everything anew.
  dress() {
    this.stillKey = null;
  }

  x(value) {
    return this.left + this.width * fraction(this.panel.x, value);
  }

  y(value) {
    return this.top + this.height * (1 - fraction(this.panel.y, value));
  }

  // Where on the axes a point of the page is.
  valueAt(event) {
    const box = this.canvas.getBoundingClientRect();
    const part = (offset, size) => Math.min(1, Math.max(0, offset / size));
    return {
      x: value(this.panel.x, part(event.clientX - box.left - this.left, this.width)),
      y: value(this.panel.y, 1 - part(event.clientY - box.top - this.top, this.height)),
    };
  }

  // Draws `still` only when its ground, the size or the theme have changed, `moving` every time.
  paint(ground, still, moving) {
    if (this.ground !== ground || this.stillKey !== this.key) {
      [this.ground, this.stillKey] = [ground, this.key];
      this.on(this.still.getContext("2d"), (pen) => {
        this.inside(pen, still);
        drawAxes(this, pen);
      });
    }
    this.on(this.context, (pen) => {
      const { width, height } = this.still;
      pen.drawImage(this.still, 0, 0, width / this.ratio, height / this.ratio);
      this.inside(pen, moving);
    });
  }

  on(context, draw) {
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    context.font = `${FONT_SIZE}px ${this.style.fontFamily}`;
    context.lineJoin = "round";
    draw(context);
  }

  inside(pen, draw) {
    pen.save();
    pen.beginPath();
    pen.rect(this.left, this.top, this.width, this.height);
    pen.clip();
    draw(pen);
    pen.restore();
  }
}

const margins = ({ margin }) =>
  margin === undefined ? MARGIN : { left: margin, right: margin, top: margin, bottom: margin };

const scaled = (axis, number) => (axis.log ? Math.log10(number) : number);

function fraction(axis, number) {
  const low = scaled(axis, axis.low);
  return (scaled(axis, number) - low) / (scaled(axis, axis.high) - low);
}

function value(axis, part) {
  const low = scaled(axis, axis.low);
  const number = low + part * (scaled(axis, axis.high) - low);
  return axis.log ? 10 ** number : number;
}

function drawAxes(surface, pen) {
  if (surface.panel.bare) return;
  const { left, top, width, height, panel } = surface;
  const bottom = top + height;
  pen.strokeStyle = surface.color("axis");
  pen.fillStyle = surface.color("text");
  pen.lineWidth = 1;
  pen.beginPath();
  pen.moveTo(left, top);
  pen.lineTo(left, bottom);
  pen.lineTo(left + width, bottom);
  pen.textAlign = "center";
  pen.textBaseline = "top";
  let free = -Infinity; // where the next label may begin: labels never overlap
  panel.x.ticks.forEach((tick, i) => {
    const [x, label] = [surface.x(tick), panel.x.tick_labels[i]];
    const half = pen.measureText(label).width / 2;
    pen.moveTo(x, bottom);
    pen.lineTo(x, bottom + 4);
    if (x - half < free) return;
    pen.fillText(label, x, bottom + 7);
    free = x + half + 6;
  });
  pen.textAlign = "right";
  pen.textBaseline = "middle";
  panel.y.ticks.forEach((tick, i) => {
    const y = surface.y(tick);
    pen.moveTo(left - 4, y);
    pen.lineTo(left, y);
    pen.fillText(panel.y.tick_labels[i], left - 7, y);
  });
  pen.stroke();
  pen.textAlign = "center";
  pen.textBaseline = "alphabetic";
  pen.fillText(panel.x.label, left + width / 2, bottom + MARGIN.bottom - 7);
  pen.translate(15, top + height / 2);
  pen.rotate(-Math.PI / 2);
  pen.fillText(panel.y.label, 0, 0);
  pen.setTransform(surface.ratio, 0, 0, surface.ratio, 0, 0);
}
