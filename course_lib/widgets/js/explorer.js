// An explorer: sliders, panels and a status line around one model.

const IN_FLIGHT = 2; // questions on their way to Python; only the newest waits behind them
const LOST = 3000; // ms; an answer that never comes must not silence what follows
const PAUSE = 500; // ms without a move before a screen reader is told

function render({ model, el }) {
  const scene = model.get("scene");
  const names = scene.controls.map((control) => control.name);
  const settings = Object.fromEntries(names.map((name) => [name, model.get(name)]));
  const packets = { plane: openPacket(model.get("plane")), run: openPacket(model.get("run")) };
  const pieces = collectPieces(model, scene, settings);
  const known = () => [packets.run, packets.plane, ...pieces.packets()].filter(Boolean);
  let latest = packets.run ?? packets.plane;
  const view = Math.random(); // a page may show one explorer twice, each counts its own questions
  let [asked, answered, last, sentAt, waiting] = [0, 0, 0, 0, false];
  let [frameRequest, pauseTimer, width] = [0, 0, 0];

  const root = element("div", { class: "lfe", role: "group", "aria-label": scene.title });
  const surfaces = scene.panels.map((panel) => new Surface(panel, root));
  const controls = scene.controls.map((control) => buildControl(control, move, commit));
  const lines = `--lines: ${scene.lines ?? 2}`;
  const status = element("p", { class: "lfe-status", "aria-hidden": "true", style: lines });
  const spoken = element("p", { class: "lfe-spoken", role: "status", "aria-live": "polite" });
  const figures = surfaces.map((surface) => buildFigure(surface));
  root.append(
    element("p", { class: "lfe-title" }, scene.title),
    element("div", { class: "lfe-panels" }, ...figures.map((figure) => figure.node)),
    status,
    spoken,
    element("div", { class: "lfe-controls" }, ...controls.map((control) => control.node)),
    ...(scene.asleep ? [buildAsleep(scene, controls)] : []),
    buildCopy(() => asPython(scene.call, settings)),
  );
  el.append(root);

  // -- moves ---------------------------------------------------------------------------------

  function move(changes) {
    Object.assign(settings, changes);
    if (!known().some((packet) => holds(packet, settings))) ask();
    schedule();
  }

  // Python follows when the hand lets go: first this one run, then the whole plane. Whatever
  // else was asked comes too late to be seen.
  function commit(...moved) {
    for (const name of moved) model.set(name, settings[name]);
    if (waiting) ask(IN_FLIGHT + 1);
    model.save_changes();
    last = asked;
  }

  function ask(room = IN_FLIGHT) {
    waiting = inFlight() >= room;
    if (waiting) return;
    asked += 1;
    sentAt = performance.now();
    model.send({ ask: { ...settings }, number: asked, view });
  }

  const inFlight = () => (performance.now() - sentAt > LOST ? 0 : asked - answered);

  // A question goes first.
  function fetchPiece() {
    if (latest && !packets.plane && !inFlight()) pieces.fetch();
  }

  function listen(event, react) {
    model.on(event, react);
    return () => model.off(event, react);
  }

  const silence = [
    ...names.map((name) =>
      listen(`change:${name}`, () => {
        settings[name] = model.get(name);
        schedule();
      }),
    ),
    listen("change:plane", () => {
      latest = packets.plane = openPacket(model.get("plane"));
      schedule();
    }),
    listen("change:piece", () => {
      pieces.take();
      fetchPiece();
      schedule();
    }),
    listen("change:run", () => {
      const run = openPacket(model.get("run"));
      const mine = run?.view === view;
      if (mine) answered = Math.max(answered, run.number);
      if (!mine || run.number >= last) latest = packets.run = run;
      if (waiting) ask();
      fetchPiece();
      schedule();
    }),
  ];

  // -- pictures ------------------------------------------------------------------------------

  function schedule() {
    frameRequest ||= requestAnimationFrame(draw);
  }

  function draw() {
    frameRequest = 0;
    // The packet that knows these settings, or nearly; while none does, the latest that came.
    const packet =
      known().find((one) => holds(one, settings)) ??
      known().find((one) => holds(one, settings, one.coarse)) ??
      latest;
    latest = packet;
    const frame = packet && frameAt(packet, settings);
    controls.forEach((control, i) => {
      control.show(settings[names[i]], frame, settings, notesOf(packet, frame));
    });
    if (!packet) return;
    const sentence = fillTemplate(packet.sentences[frame.outcome], frame);
    if (status.textContent !== sentence) {
      status.textContent = sentence;
      clearTimeout(pauseTimer);
      pauseTimer = setTimeout(() => speak(sentence), PAUSE);
    }
    figures.forEach((figure) => figure.draw(packet, frame));
    // What lies below moves away from the longest sentence so far, and stays there.
    if (width !== root.clientWidth) status.style.minHeight = "";
    width = root.clientWidth;
    status.style.minHeight = `${status.offsetHeight}px`;
  }

  function notesOf(packet, frame) {
    const notes = Object.entries(packet?.notes ?? {});
    return Object.fromEntries(notes.map(([name, note]) => [name, fillTemplate(note, frame)]));
  }

  function speak(sentence) {
    spoken.textContent = sentence;
    surfaces.forEach((surface) => {
      surface.canvas.setAttribute("aria-label", `${surface.panel.title}. ${sentence}`);
    });
  }

  function buildFigure(surface) {
    const { panel, canvas } = surface;
    const place = element("div", { class: "lfe-canvas" }, canvas);
    const kind = panel.margin === 0 ? { class: "lfe-whole" } : {};
    const node = element("figure", kind, element("figcaption", {}, panel.title), place);
    const knob = panel.knob && buildKnob(surface, scene.controls, move, commit);
    if (knob) place.append(knob.node);
    // A packet that nothing spans is one run, of which everything moves.
    const moves = ({ axes, tables }, field) =>
      typeof field === "string" &&
      (/\{/.test(field) || names.includes(field) || !Object.keys(axes).length ||
        tables[field].axes.length > 0);
    const isStill = (packet, { x, y, values, labels = [], front = false }) =>
      !front && ![x, y, values].some((field) => moves(packet, field)) &&
      !labels.some((text) => /[{[]/.test(text));
    // What the still layers are made of: as long as it stays, they do.
    const ground = (packet) => {
      const still = panel.layers.filter((layer) => isStill(packet, layer));
      const ofPacket = ({ x, y, values }) => [x, y, values].some((f) => typeof f === "string");
      if (still.some(ofPacket)) return packet;
      if (still.some(({ table }) => table)) return packets.plane;
      return panel;
    };
    return {
      node,
      draw(packet, frame) {
        const { from_width: from = 0, below_width: below = Infinity } = panel;
        node.hidden = root.clientWidth < from || root.clientWidth >= below;
        if (!surface.resize()) return;
        const paint = (still) => (pen) => {
          const layers = panel.layers.filter((layer) => isStill(packet, layer) === still);
          for (const layer of layers) {
            LAYERS[layer.kind](surface, pen, resolve(layer, frame, packets.plane));
          }
        };
        surface.paint(ground(packet), paint(true), paint(false));
        knob?.show(frame);
      },
    };
  }

  const restyle = () => {
    surfaces.forEach((surface) => surface.dress());
    schedule();
  };
  const themes = new MutationObserver(restyle);
  themes.observe(document.body, {
    attributes: true,
    attributeFilter: ["class", "data-jp-theme-light"],
  });
  const sizes = new ResizeObserver(schedule);
  [root, ...surfaces.map((surface) => surface.canvas)].forEach((node) => sizes.observe(node));
  restyle();
  speak(scene.title);
  if (!packets.plane) model.send({ show: true });
  fetchPiece();

  return () => {
    silence.forEach((stop) => stop());
    themes.disconnect();
    sizes.disconnect();
    cancelAnimationFrame(frameRequest);
    clearTimeout(pauseTimer);
    controls.forEach((control) => control.stop?.());
  };
}

// One sentence for all controls that only Python can move.
function buildAsleep(scene, controls) {
  const id = `lfe-asleep-${Math.random().toString(36).slice(2)}`;
  scene.controls.forEach(({ asleep }, i) => {
    const input = controls[i].node.querySelector("input, select");
    if (asleep) input.setAttribute("aria-describedby", id);
  });
  return element("p", { class: "lfe-asleep", id }, scene.asleep);
}

// A layer with names replaced by what they stand for; one with a table takes it whole.
function resolve(layer, frame, plane) {
  const looked = (field) =>
    typeof field === "string" ? frame[fillTemplate(field, frame)] : field;
  const labels = (layer.labels ?? []).map((text) => fillTemplate(text, frame));
  const [x, y, values] = [layer.x, layer.y, layer.values].map(looked);
  return { ...layer, x, y, values, labels, ...(layer.table && wholeTable(layer.table, plane)) };
}

// A table of the plane: spanned by one slider, a column for each position; by two, cells.
function wholeTable(name, plane) {
  const table = plane?.tables[name];
  const [axis, other] = table?.axes ?? [];
  const x = plane?.axes[axis] ?? [];
  if (!other) {
    const columns = x.map((_, i) => table.slice({ [axis]: i }));
    return { x, columns: columns.map((one) => (typeof one === "number" ? [one] : one)) };
  }
  const y = plane.axes[other];
  const values = y.flatMap((_, j) => x.map((_, i) => table.slice({ [axis]: i, [other]: j })));
  return { x, y, values };
}

export default { render };
