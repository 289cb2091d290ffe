"use strict";
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const at = (id) => document.getElementById(id);
  let present = 0;

  function make(tag, kind, text) {
    const element = document.createElement(tag);
    if (kind) element.className = kind;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  /** Code, with places to break lines at that do not tear names apart. */
  function code(text, tag) {
    const element = make(tag || "code");
    text.split(/(?<=[(,._])/).forEach((part, i) => {
      if (i > 0) element.appendChild(document.createElement("wbr"));
      element.appendChild(document.createTextNode(part));
    });
    return element;
  }

  function add(parent, ...children) {
    children.filter(Boolean).forEach((child) => parent.appendChild(child));
    return parent;
  }

  // ---- bytes, coloured by version and writer

  function versionsOf(site, position, byte) {
    const found = [];
    data.sites[site].versions.forEach((version, number) => {
      if (version[0].split(" ")[position] === byte) found.push(number);
    });
    return found;
  }

  function byteBox(site, position, byte, writer) {
    const versions = versionsOf(site, position, byte);
    const all = data.sites[site].versions.length;
    let kind = "neither";
    let meaning = "of no version";
    if (versions.length > 1 && versions.length === all) {
      kind = "both";
      meaning = "of every version";
    } else if (versions.length > 0) {
      kind = "v" + Math.min(3, versions[0]);
      meaning = "of version " + versions.join(", ");
    } else if (byte === "cc") {
      kind = "int3";
      meaning = "INT3";
    }
    const box = make("span", "byte " + kind, byte);
    box.title = "+" + position + ": " + meaning;
    if (writer) {
      const cpu = data.steps[writer - 1].cpu;
      box.style.borderBottomColor = "var(--cpu" + cpu + ")";
      box.title += ", written by cpu" + cpu + " in step " + writer;
    }
    return box;
  }

  function byteRow(site, offset, hex, writers) {
    const row = make("span", "bytes");
    hex.split(" ").forEach((byte, i) => row.appendChild(byteBox(site, offset + i, byte, writers && writers[offset + i])));
    return row;
  }

  // ---- the head of the page

  function head() {
    const bad = data.end !== "COMPLETE" && !/^(REPRODUCED: )?holds /i.test(data.sentence);
    const facts = make("dl", "facts");
    data.facts.forEach(([name, text]) => add(facts, make("dt", "", name), make("dd", "", text)));
    const help = make("p", "help");
    help.innerHTML = "<kbd>\u2193</kbd> <kbd>\u2191</kbd> or <kbd>j</kbd> <kbd>k</kbd> next and previous step, "
        + "<kbd>Home</kbd> <kbd>End</kbd> first and last; a number links to its step.";
    add(at("head"), make("h1", "", data.title), make("span", "verdict " + (bad ? "bad" : "good"), data.sentence), facts,
        data.command ? make("code", "command", data.command) : null, legend(), help);
  }

  function legend() {
    const legend = make("div", "legend");
    data.sites.forEach((site, s) => site.versions.forEach(([hex, asm], v) => {
      const entry = make("span");
      add(entry, byteRow(s, 0, hex), document.createTextNode(" " + site.name + " version " + v + ": " + asm));
      legend.appendChild(entry);
    }));
    const marks = make("span");
    add(marks, make("span", "byte int3", "cc"), document.createTextNode(" INT3 \u00a0"), make("span", "byte neither", "??"),
        document.createTextNode(" of no version; a stripe below a byte is the colour of the CPU that wrote it"));
    return add(legend, marks);
  }

  // ---- the source

  function source() {
    const listing = at("listing");
    data.source.forEach(([label, depth, text]) => {
      const line = make("li");
      line.title = label;
      const words = code(text || " ", "span");
      words.style.paddingLeft = (data.cpus > 2 ? 2 : 4) * depth + 4 + "ch";
      words.style.textIndent = "-4ch";
      line.appendChild(words);
      listing.appendChild(line);
    });
  }

  // ---- the lanes

  function columns() {
    return "3.4em repeat(" + data.cpus + ", minmax(0, 1fr))";
  }

  function lanes() {
    const lanes = at("lanes");
    const top = make("div", "row top");
    top.style.gridTemplateColumns = columns();
    add(top, make("div", "number", "step"));
    for (let c = 0; c < data.cpus; c++) {
      const name = make("div", "what", "cpu" + c);
      name.style.color = "var(--cpu" + c + ")";
      add(top, add(make("div", "lane"), name));
    }
    lanes.appendChild(top);
    if (data.cpus > 2) document.querySelector("main").classList.add("many");
    const paths = data.states[0].cpus.map(() => "");
    data.steps.forEach((step, i) => {
      if (data.loop === i + 1) lanes.appendChild(make("div", "loop", "\u250c from here on again and again"));
      lanes.appendChild(row(step, i + 1, paths));
    });
    if (data.loop) lanes.appendChild(make("div", "loop", "\u2514 back to step " + data.loop));
  }

  function row(step, number, paths) {
    const row = make("div", "row");
    row.id = "step-" + number;
    row.style.gridTemplateColumns = columns();
    const link = make("a", "", number);
    link.href = "#step-" + number;
    add(row, add(make("div", "number"), link));
    for (let c = 0; c < data.cpus; c++) row.appendChild(lane(step, number, c, paths));
    row.addEventListener("click", (event) => {
      if (event.target.tagName !== "A") go(number);
    });
    return row;
  }

  function lane(step, number, c, paths) {
    const acts = step.cpu === c;
    const says = !acts && step.from === c && step.turn !== "" && number > 1;
    const lane = make("div", "lane" + (acts ? "" : " idle") + (says ? " says" : ""));
    const before = data.states[number - 1].cpus[c].contexts;
    before.slice(1).forEach(([kind, routine]) => {
      const bar = make("span", "bar " + kind);
      bar.title = kind + ": " + routine;
      lane.appendChild(bar);
    });
    const what = make("div", "what");
    if (acts) {
      act(step, number, c, what, paths);
    } else if (says) {
      what.appendChild(make("div", "why", step.turn));
    }
    return add(lane, what);
  }

  function act(step, number, c, what, paths) {
    const path = step.functions.join(" \u00bb ");
    if (path && path !== paths[c]) what.appendChild(add(make("div", "path"), code("\u00bb " + path)));
    paths[c] = path || paths[c];
    const line = make("div");
    const cpu = make("span", "cpu", "cpu" + c);
    cpu.style.color = "var(--cpu" + c + ")";
    line.appendChild(cpu);
    const context = step.contexts[step.contexts.length - 1];
    if (context) line.appendChild(make("span", "tag " + context, context));
    add(line, code(step.text));
    if (step.outcome) line.appendChild(make("span", "word", "\u2192 " + step.outcome));
    if (step.place) line.title = step.place;
    what.appendChild(line);
    if (step.line_text) what.appendChild(add(make("div", "origin"), make("span", "place", step.place), code(step.line_text)));
    if (step.fetched) what.appendChild(fetched(step.fetched));
    step.written.forEach((site) => what.appendChild(written(site, number)));
    step.changes.forEach((change) => what.appendChild(make("div", "more", change)));
    step.incidents.forEach((incident) => what.appendChild(make("span", "incident", incident)));
  }

  function written(s, number) {
    const site = data.states[number].sites[s];
    return add(make("div", "more"), document.createTextNode(data.sites[s].name + " "), byteRow(s, 0, site.memory, site.writers));
  }

  function fetched(code) {
    const line = make("div", "more");
    const bytes = byteRow(code.site, code.offset, code.bytes);
    if (code.torn) bytes.classList.add("torn");
    add(line, bytes, make("span", "word" + (code.torn ? " torn-word" : ""), code.verdict),
        code.stale && !code.torn ? make("span", "word stale-word", "not what memory holds") : null,
        document.createTextNode(" " + code.asm));
    if (code.torn) {
      data.sites[code.site].versions.forEach(([hex, asm], v) => {
        const version = make("div");
        add(version, byteRow(code.site, 0, hex), make("span", "word", "version " + v), document.createTextNode(" " + asm));
        line.appendChild(version);
      });
    }
    return line;
  }

  // ---- the state behind the present step

  function showState() {
    const state = data.states[present];
    const before = data.states[Math.max(0, present - 1)];
    const panel = at("state");
    panel.textContent = "";
    panel.appendChild(make("h2", "", present === 0 ? "At the start" : "Behind step " + present));
    state.sites.forEach((site, s) => sitePanel(panel, site, s));
    if (state.variables.length > 0) panel.appendChild(make("h2", "", "Shared"));
    state.variables.forEach(([name, text, alive], i) => {
      const changed = present > 0 && before.variables[i][1] !== text;
      panel.appendChild(make("div", "var" + (changed ? " changed" : "") + (alive ? "" : " dead"), name + " = " + text));
    });
    if (data.constants.length > 0) {
      const others = make("details");
      add(others, make("summary", "", "Shared, and the same in all steps"));
      data.constants.forEach(([name, text, alive]) => add(others, make("div", "var" + (alive ? "" : " dead"), name + " = " + text)));
      panel.appendChild(others);
    }
    state.cpus.forEach((cpu, c) => cpuPanel(panel, cpu, c));
  }

  function sitePanel(panel, site, s) {
    const title = data.sites[s].name + (site.begun === 0 ? "" : site.begun === site.returned
        ? ": patched to version " + site.begun : ": patch to version " + site.begun + " under way");
    const grid = make("div", "grid");
    add(grid, make("span", "name", "memory"), byteRow(s, 0, site.memory, site.writers));
    site.seen.forEach((contents, c) => {
      contents.forEach((hex, i) => {
        add(grid, make("span", "name", i === 0 ? "cpu" + c + (contents.length > 1 ? " may see" : " sees") : "or"), byteRow(s, 0, hex));
      });
    });
    add(panel, make("h2", "", title), grid);
  }

  function cpuPanel(panel, cpu, c) {
    const title = make("h2", "", "cpu" + c + (cpu.if ? "" : ", IF=0"));
    title.style.color = "var(--cpu" + c + ")";
    panel.appendChild(title);
    cpu.contexts.slice().reverse().forEach(([kind, routine, label]) => {
      const line = make("div", "stack");
      if (kind) line.appendChild(make("span", "tag " + kind, kind));
      add(line, document.createTextNode(routine + (label ? " at " + label : "")));
      panel.appendChild(line);
    });
    if (cpu.until) panel.appendChild(make("div", "stack", "waits until " + cpu.until + (cpu.now ? " (" + cpu.now + ")" : "")));
    cpu.stores.forEach((store) => panel.appendChild(make("div", "stack", "buffered: " + store)));
  }

  function showSource() {
    const lines = at("listing").children;
    for (const line of lines) {
      line.classList.remove("here");
      while (line.children.length > 1) line.removeChild(line.lastChild);
    }
    const step = present > 0 ? data.steps[present - 1] : null;
    data.states[present].cpus.forEach((cpu, c) => {
      const line = cpu.contexts[cpu.contexts.length - 1][3];
      if (line >= 0) {
        const chip = make("b", "chip", "cpu" + c);
        chip.style.color = "var(--cpu" + c + ")";
        chip.title = "cpu" + c + " stands here";
        lines[line].appendChild(chip);
      }
    });
    if (step && step.line >= 0) {
      lines[step.line].classList.add("here");
      keepVisible(at("source"), lines[step.line]);
    }
  }

  function keepVisible(box, element) {
    const top = element.getBoundingClientRect().top - box.getBoundingClientRect().top;
    if (top < 40 || top > box.clientHeight - 60) box.scrollTop += top - box.clientHeight / 2;
  }

  // ---- stepping

  function show(number, scroll) {
    present = Math.max(0, Math.min(data.steps.length, number));
    document.querySelectorAll(".row.here").forEach((row) => row.classList.remove("here"));
    const row = at("step-" + present);
    if (row) {
      row.classList.add("here");
      if (scroll) row.scrollIntoView({ block: "nearest" });
    }
    showState();
    showSource();
  }

  function go(number) {
    const target = Math.max(1, Math.min(data.steps.length, number));
    history.replaceState(null, "", "#step-" + target);
    show(target, true);
  }

  function fromLink() {
    const match = /^#step-(\d+)$/.exec(location.hash);
    show(match ? Number(match[1]) : data.steps.length, Boolean(match));
    const row = at("step-" + present);
    if (match && row) row.scrollIntoView({ block: "center" });
  }

  function keys(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = { ArrowDown: present + 1, j: present + 1, ArrowUp: present - 1, k: present - 1, Home: 1, End: data.steps.length }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      go(to);
    }
  }

  // ---- what went wrong

  function ending() {
    const section = at("ending");
    if (data.ending.length > 0) add(section, make("h2", "", "What happened"), make("pre", "", data.ending.join("\n")));
    const last = data.states[data.states.length - 1];
    if (last.cpus.some((cpu) => cpu.blocked)) add(section, make("h2", "", "Who waits for whom"), graph(last.cpus));
    if (data.notes.length > 0) add(section, make("h2", "", "What decides"));
    data.notes.forEach((note) => section.appendChild(make("p", "note", note)));
  }

  function graph(cpus) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const size = 300;
    svg.id = "graph";
    svg.setAttribute("viewBox", "0 0 " + size + " " + size);
    svg.setAttribute("width", size);
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", data.waits.join("; "));
    const place = (c) => {
      const angle = (2 * Math.PI * c) / cpus.length - Math.PI / 2;
      return [size / 2 + 100 * Math.cos(angle), size / 2 + 100 * Math.sin(angle)];
    };
    const cycle = cycleOf(cpus);
    const draw = (name, attributes, text) => {
      const element = document.createElementNS("http://www.w3.org/2000/svg", name);
      Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
      if (text) element.textContent = text;
      svg.appendChild(element);
      return element;
    };
    draw("defs", {}).innerHTML = '<marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        + '<path d="M0 0 8 4 0 8z"/></marker>';
    cpus.forEach((cpu, c) => cpu.helpers.filter((other) => other !== c).forEach((other) => {
      const [x1, y1] = place(c);
      const [x2, y2] = place(other);
      const length = Math.hypot(x2 - x1, y2 - y1);
      const [dx, dy] = [(x2 - x1) / length, (y2 - y1) / length];
      const bend = 18;
      draw("path", {
        d: "M" + (x1 + 30 * dx - 4 * dy) + " " + (y1 + 30 * dy + 4 * dx)
            + " Q" + ((x1 + x2) / 2 - bend * dy) + " " + ((y1 + y2) / 2 + bend * dx)
            + " " + (x2 - 30 * dx - 4 * dy) + " " + (y2 - 30 * dy + 4 * dx),
        class: inCycle(cycle, c, other) ? "cycle" : "",
        "marker-end": "url(#arrow)",
      });
    }));
    cpus.forEach((cpu, c) => {
      const [x, y] = place(c);
      draw("circle", { cx: x, cy: y, r: 28 });
      draw("text", { x: x, y: y }, "cpu" + c);
    });
    return svg;
  }

  function cycleOf(cpus) {
    const line = data.waits.find((text) => text.startsWith("cycle: "));
    return line ? line.slice(7).split(" \u2192 ").map((name) => Number(name.slice(3))) : [];
  }

  function inCycle(cycle, from, to) {
    return cycle.some((cpu, i) => cpu === from && cycle[i + 1] === to);
  }

  head();
  source();
  lanes();
  ending();
  fromLink();
  addEventListener("keydown", keys);
  addEventListener("hashchange", fromLink);
})();
