/* The pictures of the gemeente that is chosen, drawn by Observable Plot when they are asked for, from the data that the
   page carries; in the language of the page, and again when that changes. */
(function () {
  "use strict";
  var root = document.documentElement, choice = document.getElementById("kies-beeld"), box = document.getElementById("beelden");
  var WIDTH = 960, LONGEST = 64, SHOWN = 200, SVG = "http://www.w3.org/2000/svg";
  var LINES = ["accent", "break", "proved", "rounding", "suspect", "none", "ink", "soft"], DASHES = ["", "7,3", "2,3", "9,3,2,3"];
  var gemeenten = null;

  function isDutch() { return root.dataset.taal === "nl"; }
  function told(words) { return words[isDutch() ? 0 : 1]; }
  function make(tag, className, text) {
    var element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }
  function short(text, most) { return text.length <= most ? text : text.slice(0, most - 1) + "\u2026"; }
  /* 1234.50 as it is written in the language of the page, or in a file: without points, with a comma. */
  function figure(number, forFile) {
    var parts = String(number).replace("-", "").split("."), marks = isDutch() || forFile ? [".", ","] : [",", "."];
    var whole = forFile ? parts[0] : parts[0].replace(/\B(?=(\d{3})+$)/g, marks[0]);
    var rest = forFile ? parts[1] : (parts[1] || "").replace(/0+$/, "");
    return (String(number).charAt(0) === "-" ? (forFile ? "-" : "\u2212") : "") + whole + (rest ? marks[1] + rest : "");
  }
  /* A value of a table: text as printed, [number], [Dutch, English], a year, or nothing. */
  function written(value) {
    if (value === null) return "";
    if (!Array.isArray(value)) return String(value);
    return value.length === 1 ? figure(value[0]) : told(value);
  }
  function text(svg, x, y, said, about) {
    var element = document.createElementNS(SVG, "text");
    element.setAttribute("x", x);
    element.setAttribute("y", y);
    element.setAttribute("fill", "var(--ink)");
    element.setAttribute("text-anchor", "start");
    Object.keys(about || {}).forEach(function (name) { element.setAttribute(name, about[name]); });
    element.textContent = said;
    svg.append(element);
    return element;
  }

  function drawn(picture) {
    var chart = picture.chart, width = Math.max(340, Math.min(WIDTH, box.clientWidth)), most = Math.min(LONGEST, Math.floor(width / 15));
    var names = chart.series.map(function (s) { return told(s[0]); }), labels = chart.labels.map(function (l) { return short(l, most); });
    var colours = chart.series.map(function (s, i) { return "var(--" + (s[1] || LINES[i % LINES.length]) + ")"; });
    var points = [];
    chart.series.forEach(function (s, i) {
      s[2].forEach(function (value, at) {
        points.push({ series: i, at: at, value: value === null ? NaN : Number(value), title: labels[at] + ", " + names[i] + ": " + (value === null ? "" : figure(value)) });
      });
    });
    var isLines = chart.kind === "lines", columns = width < 600 || names.some(function (n) { return n.length > LONGEST / 2; }) ? 1 : 2;
    var legend = 22 * Math.ceil(names.length / columns) + 10, steps = labels.map(function (_, i) { return i; });
    var plain = { color: "var(--ink)", fontSize: 12, fill: "var(--ink)", stroke: "none" };
    var longest = Math.max.apply(null, (isLines ? chart.at.map(figure) : labels).map(function (l) { return l.length; }));
    var numbers = { label: null, tickSize: 0, tickFormat: function (n) { return figure(n); } };
    if (chart.at.length) {
      var every = isLines ? 1 : Math.ceil(chart.at.length * 90 / (width * 0.6));
      numbers.ticks = chart.at.filter(function (_, i) { return i % every === 0; });
    }
    var range = chart.at.length ? { domain: [chart.at[0], chart.at[chart.at.length - 1]] } : {};
    var options = {
      width: width, marginTop: 52, marginRight: 48, marginLeft: 24 + 7 * longest,
      style: { background: "transparent", color: "var(--ink)", fontFamily: "system-ui, sans-serif", fontSize: "12px", maxWidth: "100%" }
    };
    if (isLines) {
      var turned = labels.length > 6 || labels.join("").length * 7 > width * 0.7;
      options.marginBottom = 24 + legend + (turned ? 120 : 14);
      options.height = 330 + options.marginBottom;
      options.x = { type: "point", domain: steps };
      options.y = range;
      options.marks = [
        Plot.gridY({ ticks: numbers.ticks, stroke: "var(--rule)", strokeOpacity: 1 }), Plot.axisY(Object.assign({}, plain, numbers)),
        Plot.axisX(Object.assign({}, plain, { label: null, tickSize: 4, tickRotate: turned ? 20 : 0, textAnchor: turned ? "start" : undefined, tickFormat: function (i) { return labels[i]; } }))
      ];
      chart.series.forEach(function (_, i) {
        var own = points.filter(function (p) { return p.series === i; });
        options.marks.push(
          Plot.lineY(own, { x: "at", y: "value", stroke: colours[i], strokeWidth: 2.5, strokeDasharray: DASHES[i % DASHES.length] }),
          Plot.dot(own.filter(function (p) { return !isNaN(p.value); }), { x: "at", y: "value", fill: colours[i], r: 4, title: "title" }));
      });
    } else {
      var beside = chart.kind === "bars" ? chart.series.length : 1, band = { domain: steps, padding: 0.2 };
      var bars = { x: "value", fill: function (p) { return colours[p.series]; }, title: "title", stroke: "var(--sheet)", strokeWidth: 0.5 };
      var known = points.filter(function (p) { return !isNaN(p.value); });
      var names_ = Object.assign({}, plain, { label: null, tickSize: 0, tickFormat: function (i) { return labels[i]; }, anchor: "left" });
      options.marginBottom = 30 + legend;
      options.height = options.marginTop + options.marginBottom + Math.max(2, labels.length) * (14 * beside + 8);
      options.x = range;
      options.color = { type: "identity" };
      if (beside > 1) {
        options.fy = band;
        options.y = { domain: chart.series.map(function (_, i) { return i; }), padding: 0.05, axis: null };
        Object.assign(bars, { fy: "at", y: "series" });
      } else {
        options.y = band;
        Object.assign(bars, { y: "at", z: "series", order: "series" });
      }
      options.marks = [
        Plot.gridX({ ticks: numbers.ticks, stroke: "var(--rule)", strokeOpacity: 1 }), Plot.axisX(Object.assign({}, plain, numbers, { anchor: "bottom" })),
        beside > 1 ? Plot.axisFy(names_) : Plot.axisY(names_), Plot.barX(known, bars), Plot.ruleX([0], { stroke: "var(--soft)" })
      ];
      if (picture.name === "indicatoren") options.marks.push(Plot.ruleX([100], { stroke: "var(--ink)", strokeDasharray: "4,3" }));
    }
    var svg = Plot.plot(options);
    svg.querySelectorAll("[aria-label]").forEach(function (part) { part.removeAttribute("aria-label"); }); // it is one picture
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", told(picture.title) + (isDutch() ? ": wat er te zien is staat erboven in woorden en eronder in een tabel" : ": what there is to see stands above in words and below in a table"));
    text(svg, 12, 20, short(told(picture.title), Math.floor(width / 9)), { "font-size": 15, "font-weight": 600 });
    text(svg, 12, 38, told(chart.axis), { fill: "var(--soft)" });
    names.forEach(function (name, i) {
      var x = 12 + (i % columns) * width / columns, y = options.height - legend + 18 + 22 * Math.floor(i / columns);
      var sample = document.createElementNS(SVG, isLines ? "line" : "rect");
      var about = isLines ? { x1: x, x2: x + 26, y1: y - 4, y2: y - 4, stroke: colours[i], "stroke-width": 2.5, "stroke-dasharray": DASHES[i % DASHES.length] }
        : { x: x, y: y - 10, width: 12, height: 12, fill: colours[i] };
      Object.keys(about).forEach(function (key) { sample.setAttribute(key, about[key]); });
      svg.append(sample);
      text(svg, x + (isLines ? 34 : 20), y, short(name, LONGEST));
    });
    return svg;
  }

  function offered(parts, type, name) {
    var link = make("a");
    link.href = URL.createObjectURL(new Blob(parts, { type: type }));
    link.download = name;
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
  }
  function button(words, act) {
    var made = make("button", "", told(words));
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }
  /* A file of its own: the colours as they are here and now. */
  function asFile(svg) {
    var colours = getComputedStyle(root), copy = svg.cloneNode(true);
    copy.setAttribute("xmlns", SVG);
    copy.style.background = colours.getPropertyValue("--sheet");
    return new XMLSerializer().serializeToString(copy).replace(/var\((--[\w-]+)\)/g, function (_, name) { return colours.getPropertyValue(name).trim(); });
  }
  function asLists(picture) {
    var field = function (value) {
      var said = value === null ? "" : !Array.isArray(value) ? String(value) : value.length === 1 ? figure(value[0], true) : value[0];
      if (typeof value === "string" && /^(\s*[=+\-@]|[\t\r])/.test(said)) said = "'" + said;
      return /[";\r\n]/.test(said) ? '"' + said.replace(/"/g, '""') + '"' : said;
    };
    var lines = [picture.head.map(function (h) { return isDutch() ? h[0] : h[2]; })].concat(picture.rows);
    return "\ufeff" + lines.map(function (line) { return line.map(field).join(";") + "\r\n"; }).join("");
  }

  function table(picture) {
    var details = make("details", "block"), scroll = make("div", "wide tall"), made = make("table", "list");
    details.append(make("summary", "", (isDutch() ? "De tabel" : "The table") + " (" + figure(picture.rows.length) + ")"));
    made.append(make("caption", "small soft", told(picture.title)));
    var head = made.createTHead().insertRow(), body = made.createTBody();
    picture.head.forEach(function (h) { var th = make("th", "", told(h.slice(1))); th.scope = "col"; head.append(th); });
    picture.rows.slice(0, SHOWN).forEach(function (row) {
      var line = body.insertRow();
      row.forEach(function (value) {
        var cell = make("td", typeof value === "number" || (Array.isArray(value) && value.length === 1) ? "num" : "", written(value));
        if (typeof value === "string") cell.lang = "nl";
        line.append(cell);
      });
    });
    scroll.append(made);
    details.append(scroll);
    if (picture.rows.length > SHOWN) details.append(make("p", "small", (isDutch() ? "en nog " : "and ") + figure(picture.rows.length - SHOWN) + (isDutch() ? " andere regels, in de CSV" : " more rows, in the CSV")));
    return details;
  }
  function section(picture, gemeente) {
    var made = make("section"), heading = make("h2", "", told(picture.title)), files = make("p", "small");
    made.dataset.beeld = picture.name;
    made.append(heading, make("p", "", told(picture.told)));
    var name = gemeente.id + "-" + picture.name;
    if (picture.chart) {
      var figure_ = make("figure", "picture"), svg = drawn(picture);
      figure_.append(svg);
      made.append(figure_);
      files.append(button(["Download als SVG", "Download as SVG"], function () { offered([asFile(svg)], "image/svg+xml", name + ".svg"); }), " ");
    }
    if (picture.rows.length) {
      files.append(button(["Download de tabel als CSV", "Download the table as CSV"], function () { offered([asLists(picture)], "text/csv", name + ".csv"); }));
      made.append(files, table(picture));
    }
    return made;
  }
  function show() {
    var gemeente = gemeenten && gemeenten[choice.selectedIndex];
    if (!gemeente) return;
    var title = make("h1", "", gemeente.name);
    title.lang = "nl";
    box.replaceChildren.apply(box, [title].concat(gemeente.pictures.map(function (picture) { return section(picture, gemeente); })));
    window.dispatchEvent(new Event("resize")); // the boxes that scroll are new
  }
  function chosen() {
    var place = location.hash.slice(1).split(";")[0];
    try { place = decodeURIComponent(place); } catch (e) { /* a lone % is a place that does not exist */ }
    var option = place && document.getElementById(place);
    if (option && option.parentElement === choice && option.index !== choice.selectedIndex) choice.selectedIndex = option.index;
    show();
  }

  if (!choice) return;
  choice.addEventListener("change", function () {
    history.replaceState(null, "", "#" + encodeURIComponent(choice.selectedOptions[0].id) + ";" + root.dataset.taal);
    document.getElementById("weg").hidden = true;
    show();
  });
  window.addEventListener("hashchange", chosen);
  new MutationObserver(show).observe(root, { attributes: true, attributeFilter: ["data-taal"] });
  var packed = Uint8Array.from(atob(document.getElementById("getekend").textContent), function (c) { return c.charCodeAt(0); });
  new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).json().then(function (found) {
    gemeenten = found;
    chosen();
  });
})();
