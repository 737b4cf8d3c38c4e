// Graphs: cards joined by arrows, for computations that go there and back.

const CARD = { width: 66, height: 54 };

// Cards by their values. 0: nothing known yet; 1, 2: reached on the way there, on the way back;
// 3 more: just now, with a thick rim.
function cards(surface, pen, { x, y, values }) {
  pen.fillStyle = surface.color("paper");
  values.forEach((value, i) => {
    const now = value > 2;
    pen.strokeStyle = surface.color(["axis", "path", "back"][value % 3]);
    pen.lineWidth = now ? 4 : 1.5;
    const [left, top] = [surface.x(x[i]) - CARD.width / 2, surface.y(y[i]) - CARD.height / 2];
    pen.beginPath();
    pen.roundRect(left, top, CARD.width, CARD.height, 6);
    pen.fill();
    pen.stroke();
  });
}

// Arrows between pairs of points, `gap` away from both. 0: none; 1: one; 2: a thick one. Each
// keeps to its own side of the way, so that there is room for one in each direction.
function arrows(surface, pen, { x, y, values, color, gap, dash = false, side = 4 }) {
  const [right, down] = gap;
  pen.strokeStyle = pen.fillStyle = surface.color(color);
  for (const [i, value] of values.entries()) {
    if (!value) continue;
    const [startX, startY] = [surface.x(x[2 * i]) + right, surface.y(y[2 * i]) + down];
    const [endX, endY] = [surface.x(x[2 * i + 1]) - right, surface.y(y[2 * i + 1]) - down];
    pen.save();
    pen.translate(startX, startY);
    pen.rotate(Math.atan2(endY - startY, endX - startX));
    pen.translate(0, -side);
    const [length, size] = [Math.hypot(endX - startX, endY - startY), value > 1 ? 6 : 4.5];
    pen.lineWidth = value > 1 ? 3 : 1.5;
    pen.setLineDash(dash ? [5, 4] : []);
    pen.beginPath();
    pen.moveTo(0, 0);
    pen.lineTo(length - size, 0);
    pen.stroke();
    pen.beginPath();
    for (const [along, across] of [[0, 0], [-2, -1], [-2, 1]]) {
      pen.lineTo(length + along * size, across * size);
    }
    pen.fill();
    pen.restore();
  }
}
