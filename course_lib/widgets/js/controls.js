// Controls: the browser's own sliders and menus, so that every keyboard and screen reader knows
// them. `moved({ name: value })` is called at each move, `released(name)` when the hand lets go.

function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

// Returns { node, show(value, frame, notes) }.
function buildControl(control, moved, released) {
  // Another id for each view: a page may show one explorer twice.
  const id = `lfe-${control.name}-${Math.random().toString(36).slice(2)}`;
  const label = element("label", { for: id }, control.label);
  const note = element("p", { class: "lfe-note", id: `${id}-note` });
  const build = control.kind === "slider" ? buildSlider : buildChoice;
  const { input, cells, show, stop } = build(control, id, moved, released);
  input.id = id;
  input.setAttribute("aria-describedby", note.id);
  // Without this, arrow keys fold the notebook's headings and letters insert cells.
  input.setAttribute("data-lm-suppress-shortcuts", "true");
  // A key that is held down changes the value many times, and lets go once.
  let held = false;
  input.addEventListener("keydown", () => {
    held = control.kind === "slider";
  });
  input.addEventListener("change", () => held || released(control.name));
  for (const end of ["keyup", "blur"]) {
    input.addEventListener(end, () => {
      if (held) released(control.name);
      held = false;
    });
  }
  const node = element("div", { class: "lfe-control" }, label, ...cells, note);
  return {
    node,
    stop,
    show(value, frame, settings, notes) {
      const { setting, value: without, sentence } = control.without ?? {};
      const idle = setting !== undefined && [without].flat().includes(settings[setting]);
      input.disabled = idle || control.asleep === true;
      for (const button of node.querySelectorAll("button")) button.disabled = input.disabled;
      show(value, frame);
      note.textContent = idle ? sentence : notes[control.name] || "";
      note.hidden = !note.textContent;
      node.hidden = idle && Boolean(control.without.hidden);
    },
  };
}

function buildSlider({ name, label, values, marks, plays }, id, moved, released) {
  const input = element("input", { type: "range", min: 0, max: values.length - 1, step: 1 });
  const ticks = element("span", { class: "lfe-ticks", "aria-hidden": "true" });
  const output = element("output", { for: id, "aria-live": "off" });
  const track = element("span", { class: "lfe-track" }, input, ticks);
  const go = (position) => moved({ [name]: values[position] });
  input.addEventListener("input", () => go(Number(input.value)));
  // A finger that scrolls the page may begin on a slider, which it is not meant to move.
  let before = 0;
  input.addEventListener("pointerdown", () => {
    before = Number(input.value);
  });
  input.addEventListener("pointercancel", () => {
    go(before);
    released(name);
  });
  const player = plays && buildPlayer(input, label, plays, go, () => released(name));
  return {
    input,
    cells: [track, output, ...(player ? [player.node] : [])],
    stop: player?.stop,
    show(value, frame) {
      input.value = nearestIndex(values, value);
      const text = formatNumber(value);
      output.textContent = text;
      input.setAttribute("aria-valuetext", text);
      if (marks && frame) showTicks(ticks, values, frame[marks]);
    },
  };
}

// Buttons that move a slider: step by step, or by themselves until its end.
function buildPlayer(input, label, perSecond, go, released) {
  const attributes = { type: "button", "data-lm-suppress-shortcuts": "true" };
  const play = element("button", { ...attributes, class: "lfe-moving" }, "Play");
  const step = element("button", attributes, "Step");
  play.setAttribute("aria-label", `Play: ${label}`);
  step.setAttribute("aria-label", `Step: ${label}`);
  let timer = 0;
  function stop() {
    clearInterval(timer);
    timer = 0;
    play.textContent = "Play";
    play.setAttribute("aria-label", `Play: ${label}`);
  }
  // From the end it begins anew.
  const next = () => {
    const at = Number(input.value);
    go(at < input.max ? at + 1 : 0);
    input.value = at < input.max ? at + 1 : 0;
    if (timer && Number(input.value) === Number(input.max)) {
      stop();
      released();
    }
  };
  play.addEventListener("click", () => {
    if (timer) {
      stop();
      released();
      return;
    }
    timer = setInterval(next, 1000 / perSecond);
    play.textContent = "Pause";
    play.setAttribute("aria-label", `Pause: ${label}`);
  });
  step.addEventListener("click", () => {
    stop();
    next();
    released();
  });
  input.addEventListener("pointerdown", stop);
  return { node: element("span", { class: "lfe-play" }, play, step), stop };
}

// A knob on the picture moves settings by hand; the sliders do the same for the keyboard.
function buildKnob(surface, entries, moved, released) {
  const { knob } = surface.panel;
  const sliders = Object.entries(knob)
    .map(([way, name]) => [way, entries.find((entry) => entry.name === name)])
    .filter(([, entry]) => entry && !entry.asleep);
  if (!sliders.length) return null;
  const node = element("span", { class: "lfe-knob", "aria-hidden": "true" });
  node.addEventListener("pointerdown", (event) => {
    node.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  node.addEventListener("pointermove", (event) => {
    if (!node.hasPointerCapture(event.pointerId)) return;
    const at = surface.valueAt(event);
    const nearest = ([way, { name, values }]) => [name, values[nearestIndex(values, at[way])]];
    moved(Object.fromEntries(sliders.map(nearest)));
  });
  const names = sliders.map(([, { name }]) => name);
  node.addEventListener("lostpointercapture", () => released(...names));
  return {
    node,
    show(frame) {
      node.style.left = `${surface.x(frame[knob.x] ?? knob.x)}px`;
      node.style.top = `${surface.y(frame[knob.y] ?? knob.y)}px`;
    },
  };
}

// A button that copies the line of Python that shows this picture again.
function buildCopy(write) {
  const button = element("button", { type: "button" }, "Copy as Python");
  const line = element("code", { "aria-live": "polite" });
  button.setAttribute("data-lm-suppress-shortcuts", "true");
  button.addEventListener("click", async () => {
    line.textContent = write();
    await navigator.clipboard?.writeText(line.textContent).catch(() => {}); // or by hand
  });
  return element("div", { class: "lfe-copy" }, button, line);
}

const asPython = (call, settings) =>
  `${call}${Object.entries(settings)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(", ")})`;

// Marks along the track, where a slider between two positions would stand.
function showTicks(ticks, values, places) {
  const list = typeof places === "number" ? [places] : [...places];
  const inside = list.filter((place) => place >= values[0] && place <= values.at(-1));
  while (ticks.children.length > inside.length) ticks.lastChild.remove();
  while (ticks.children.length < inside.length) ticks.append(element("span", {}, "\u25b2"));
  inside.forEach((place, i) => {
    const above = Math.max(1, values.findIndex((value) => value >= place));
    const part = (place - values[above - 1]) / (values[above] - values[above - 1]);
    const position = (above - 1 + part) / (values.length - 1);
    ticks.children[i].style.setProperty("--at", position);
  });
}

function buildChoice({ name, options }, id, moved) {
  const input = element("select");
  for (const [value, words] of Object.entries(options)) {
    input.append(element("option", { value }, words));
  }
  input.addEventListener("input", () => moved({ [name]: input.value }));
  return {
    input,
    cells: [input],
    show(value) {
      input.value = value;
    },
  };
}
