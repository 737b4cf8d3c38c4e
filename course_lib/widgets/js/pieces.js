// Pieces: a plane that takes long comes one slider position after another, the nearest first.

function collectPieces(model, scene, settings) {
  const slider = scene.controls.find((control) => control.name === scene.pieces);
  const pieces = new Map();
  let waiting = false;
  return {
    packets: () => [...pieces.values()],
    take() {
      const piece = openPacket(model.get("piece"));
      pieces.set(piece.axes[slider.name][0], piece);
      waiting = false;
    },
    // Asks for the next one, unless it is on its way.
    fetch() {
      if (!slider || waiting) return;
      const here = nearestIndex(slider.values, settings[slider.name]);
      const far = (value) => Math.abs(slider.values.indexOf(value) - here);
      const missing = slider.values.filter((value) => !pieces.has(value));
      const [nearest] = missing.sort((one, other) => far(one) - far(other));
      waiting = nearest !== undefined;
      if (waiting) model.send({ piece: nearest });
    },
  };
}
