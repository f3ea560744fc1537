(function () {
  "use strict";
  var root = document.documentElement;

  /* The hash holds a place and a language: #c4.1.2;en */
  function hashParts() {
    var place = "", taal = "";
    var raw = location.hash.slice(1);
    try { raw = decodeURIComponent(raw); } catch (e) { /* a lone % is a place that does not exist */ }
    raw.split(";").forEach(function (part) {
      if (part === "nl" || part === "en") taal = part; else if (part) place = part;
    });
    return { place: place, taal: taal };
  }
  function writeHash(place, taal) {
    history.replaceState(null, "", "#" + [place, taal].filter(Boolean).join(";"));
  }
  /* Figures are written in Dutch; in English points and commas change places. What is printed carries no f. */
  var notation = "nl";
  function otherNotation(text) {
    return text.replace(/[.,]/g, function (mark) { return mark === "." ? "," : "."; });
  }
  function setNotation(taal) {
    if (taal === notation) return;
    notation = taal;
    document.querySelectorAll(".f").forEach(function (element) { element.textContent = otherNotation(element.textContent); });
  }
  function figure(dutch) {
    return make("span", "f", notation === "nl" ? dutch : otherNotation(dutch));
  }
  function setLanguage(taal) {
    setNotation(taal);
    root.dataset.taal = taal;
    root.lang = taal;
    document.querySelectorAll(".talen button").forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.dataset.taal === taal));
    });
    document.querySelectorAll("[data-label-nl]").forEach(function (element) {
      var label = element.dataset[taal === "nl" ? "labelNl" : "labelEn"];
      if (element.tagName === "INPUT") element.placeholder = label;
      element.setAttribute("aria-label", label);
    });
    var title = document.querySelector("title[data-nl]");
    if (title) document.title = title.dataset[taal] + " \u00b7 Sluitend";
    document.querySelectorAll("option[data-nl]").forEach(function (option) { option.textContent = option.dataset[taal]; });
  }
  document.querySelectorAll(".talen button").forEach(function (button) {
    button.addEventListener("click", function () {
      setLanguage(button.dataset.taal);
      writeHash(hashParts().place, button.dataset.taal);
    });
  });
  /* A link to another page of the report takes the language along. */
  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[href]");
    if (!link || !hashParts().taal) return;
    var url = new URL(link.href, location.href);
    if (url.protocol !== location.protocol || !/\.html$/.test(url.pathname)) return;
    if (url.pathname === location.pathname) return;
    url.hash = [url.hash.slice(1).split(";")[0], root.dataset.taal].filter(Boolean).join(";");
    link.href = url.href;
  });

  function make(tag, className, text) {
    var element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }
  function say(nl, en) {
    var both = document.createDocumentFragment();
    [["nl", nl], ["en", en]].forEach(function (pair) {
      var span = make("span", pair[0], pair[1]);
      span.lang = pair[0];
      both.append(span);
    });
    return both;
  }
  function byId(id) { return document.getElementById(id); }
  /* What the page carries packed, as text: gzip in base64. */
  function unpacked(id) {
    var packed = Uint8Array.from(atob(byId(id).textContent), function (c) { return c.charCodeAt(0); });
    return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
  }

  /* --- the sums of a page of a document: they stand in it to be read, and get their links and their English from what is
     packed, as soon as it is there --- */
  var packedSums = byId("sommen");
  var sums = !packedSums ? Promise.resolve() : unpacked("sommen").then(function (details) {
    var items = document.querySelectorAll("[data-sommen] > li"), printed = document.querySelectorAll(".printed .v");
    JSON.parse(details).forEach(function (told, i) {
      var dutch = items[i].querySelector(":scope > .nl");
      items[i].dataset.rule = told[0];
      if (dutch) {
        var english = make("span", "en", told[1]);
        english.lang = "en";
        dutch.after(english);
      }
      items[i].querySelectorAll(".eq a").forEach(function (link, at) {
        var to = told[2][at], cell = printed[to], before = link.previousSibling;
        if (to === null) return;
        link.href = cell ? "#" + cell.id : to[0];
        if (!cell) link.dataset.label = to[1];
        if (before && !link.classList.contains("tot")) link.dataset.sign = before.data;
        if (notation !== "nl") link.textContent = otherNotation(link.textContent);
        link.classList.add("f");
      });
    });
    packedSums.remove();
    packedSums = null;
  });

  /* --- the pane that says everything about one number --- */
  var pane = byId("blik");
  var pinned = null, shown = null, lit = [];
  function dim() { lit.forEach(function (cell) { cell.classList.remove("part", "sum"); }); lit = []; }
  function light(rule) {
    dim();
    rule.querySelectorAll(".eq a[href^='#']").forEach(function (link) {
      var cell = byId(link.hash.slice(1));
      if (!cell) return;
      cell.classList.add(link.classList.contains("tot") ? "sum" : "part");
      lit.push(cell);
    });
  }
  function place(cell) {
    var row = cell.closest("tr"), table = cell.closest("table");
    var paths = JSON.parse(table.dataset.columns);
    var column = paths[cell.closest("td").cellIndex - 2] || "";
    var label = row.cells[1].textContent.trim();
    return { row: row, table: table, column: column, label: label, path: (row.dataset.g ? row.dataset.g + " > " : "") + label };
  }
  var byNumber = null;
  function numbered(number) {
    if (!byNumber) {
      byNumber = {};
      document.querySelectorAll("[data-sommen] > li").forEach(function (rule) { byNumber[rule.querySelector(".no").textContent] = rule; });
    }
    return byNumber["R" + number];
  }
  function sumOf(rule) {
    var copy = rule.cloneNode(true), eq = copy.querySelector(".eq"), no = make("a", "no", copy.querySelector(".no").textContent);
    copy.removeAttribute("id");
    no.href = "#" + rule.id;
    copy.querySelector(".no").replaceWith(no);
    if (!eq) return copy;
    var links = Array.prototype.slice.call(eq.querySelectorAll("a"));
    var here = links.map(function (link) {
      var cell = link.getAttribute("href").charAt(0) === "#" ? byId(link.hash.slice(1)) : null;
      return cell ? place(cell) : null;
    });
    var known = here.filter(Boolean);
    var sameRow = known.every(function (p) { return p.row === known[0].row; });
    var sameColumn = known.every(function (p) { return p.column === known[0].column; });
    var sameGroup = known.every(function (p) { return p.row.dataset.g === known[0].row.dataset.g; });
    var sum = make("div", "eq");
    links.forEach(function (link, i) {
      var p = here[i], label = link.dataset.label || "";
      if (p) {
        var rowLabel = sameGroup ? p.label : p.path;
        label = sameRow ? p.column : sameColumn ? rowLabel : rowLabel + ", " + p.column;
      }
      var isTotal = link.classList.contains("tot"), computed = eq.querySelector("b");
      if (isTotal && computed) {
        var together = make("span", "lab line");
        together.append(say("samen", "together"));
        sum.append(together, make("span", "line f", computed.textContent));
      }
      var line = isTotal && !computed ? " line" : "", name = make("span", "lab" + line);
      if (isTotal && computed) name.append(say("gedrukt: ", "printed: "));
      name.append(label);
      sum.append(name);
      var number = link.cloneNode(true);
      number.textContent = ((link.dataset.sign || "") + link.textContent.replace(/^\((.*)\)$/, "$1")).trim();
      number.className = (isTotal ? "tot f" : "f") + line;
      sum.append(number);
    });
    eq.replaceWith(sum);
    return copy;
  }
  function definition(list, term, value) {
    var dt = make("dt"); dt.append(term);
    var dd = make("dd"); dd.append(value);
    list.append(dt, dd);
  }
  /* The line of the source with the number marked: of equal numbers in a line, the one that stands here. */
  function sourceLine(text, number, cell, row) {
    var line = make("div", "bronregel"), from = 0, at;
    line.lang = "nl";
    var values = Array.prototype.slice.call(row.querySelectorAll(".v"));
    values.slice(0, values.indexOf(cell)).forEach(function (other) {
      var copy = other.cloneNode(true);
      copy.querySelectorAll(".imp,.mark,sup").forEach(function (part) { part.remove(); });
      var before = text.indexOf(copy.textContent.trim(), from);
      if (!cell.dataset.b && before >= 0) from = before + copy.textContent.trim().length;
    });
    var letter = cell.dataset.k;
    at = letter ? (" | " + text).indexOf(" | " + letter + ": " + number) : text.indexOf(number, from);
    if (letter && at >= 0) at += letter.length + 2;
    if (at < 0) at = text.indexOf(number);
    if (at < 0) { line.textContent = text; return line; }
    line.append(text.slice(0, at), make("mark", "", number), text.slice(at + number.length));
    return line;
  }
  function show(cell) {
    if (shown === cell) return;
    if (shown) shown.classList.remove("on");
    shown = cell;
    cell.classList.add("on");
    dim();
    var p = place(cell), section = p.table.closest("section");
    pane.replaceChildren();
    pane.classList.remove("empty");
    var close = make("button", "close", "\u00d7");
    close.type = "button";
    close.setAttribute("aria-label", root.dataset.taal === "nl" ? "sluiten" : "close");
    close.addEventListener("click", release);
    var heading = make("h2", "", p.path);
    var printed = cell.cloneNode(true);
    printed.querySelectorAll(".imp,.mark,sup").forEach(function (part) { part.remove(); });
    var columnName = make("div", "soft");
    columnName.append(/\bkolom \d/.test(p.column) ? say(p.column, p.column.replace(/\bkolom (\d+)\b/g, "column $1")) : p.column);
    pane.append(close, heading, columnName, make("div", "printedtext", printed.textContent.trim()));
    var legend = byId("legenda");
    [cell.classList[1], cell.dataset.s].filter(function (m, i, all) { return m && all.indexOf(m) === i; }).forEach(function (mark) {
      var entry = legend && legend.querySelector("[data-mark='" + mark + "']");
      if (entry) { var line = make("ul", "legend"); line.append(entry.cloneNode(true)); pane.append(line); }
    });
    var facts = make("dl");
    var suspicion = cell.querySelector(".imp");
    if (suspicion) definition(facts, say("dan zou hier staan", "it would then be"), make("span", "f", suspicion.textContent.replace(/^\S+\s/, "")));
    if (cell.dataset.i) definition(facts, say("de andere getallen zeggen", "the other numbers say"), figure(cell.dataset.i));
    if (cell.classList.contains("placed")) definition(facts, say("kolom", "column"), say("gevonden door te rekenen: de regel telde minder getallen dan kolommen", "found by arithmetic: the line had fewer numbers than columns"));
    if (cell.dataset.n) definition(facts, say("noot", "footnote"), cell.dataset.n);
    [p.row, cell].forEach(function (asked) {
      if (asked.dataset.q) definition(facts, say("gevraagd", "asked"), say(asked.dataset.q, asked.dataset.qe));
    });
    if (cell.dataset.h) definition(facts, say("stond er eerder", "printed before"), cell.dataset.h);
    var lineNo = cell.dataset.l || p.row.dataset.l, path = section.dataset.path, page = p.row.dataset.p || section.dataset.page;
    if (section.dataset.source) {
      path = make("a", "", section.dataset.path);
      path.href = section.dataset.source + "#" + (lineNo ? section.dataset.at.replace(/r\d+$/, "r" + lineNo) : section.dataset.at).replace(/^p\d+$/, "p" + page);
    }
    definition(facts, say("bron", "source"), path);
    if (page) {
      var isDrawn = section.dataset.source && /^p\d+$/.test(section.dataset.at), picture = make(isDrawn ? "a" : "span");
      picture.append(page, isDrawn ? say(", als beeld", ", as a picture") : "");
      if (isDrawn) picture.href = path.href;
      definition(facts, say("bladzijde", "page"), picture);
    }
    if (section.dataset.blad) definition(facts, say("blad", "sheet"), section.dataset.blad);
    if (cell.dataset.k) definition(facts, say("cel", "cell"), cell.dataset.k + lineNo);
    definition(facts, section.dataset.blad ? say("rij", "row") : say("regel", "line"), lineNo || "\u2013");
    pane.append(facts);
    var text = cell.dataset.b || (cell.dataset.l ? "" : p.row.dataset.b) || "";
    if (text) pane.append(sourceLine(text, printed.textContent.trim(), cell, p.row));
    var numbers = (cell.dataset.r || "").split(" ").filter(Boolean);
    var title = make("h3");
    title.append(numbers.length ? say("In " + numbers.length + (numbers.length === 1 ? " som" : " sommen"), "In " + numbers.length + (numbers.length === 1 ? " sum" : " sums")) : say("In geen enkele som", "In no sum"));
    pane.append(title);
    var list = make("ul", "rules");
    var fill = function () {
      numbers.slice(0, 40).forEach(function (number) {
        var rule = numbered(number);
        if (!rule) return;
        var copy = sumOf(rule);
        copy.addEventListener("mouseenter", function () { light(rule); });
        copy.addEventListener("mouseleave", dim);
        copy.addEventListener("focusin", function () { light(rule); });
        list.append(copy);
      });
    };
    if (packedSums) sums.then(fill); else fill();
    pane.append(list);
    if (numbers.length > 40) { var more = make("p", "soft"); more.append(say("en nog " + (numbers.length - 40), "and " + (numbers.length - 40) + " more")); pane.append(more); }
    pane.scrollTop = 0;
  }
  function release() {
    pinned = null;
    if (shown) shown.classList.remove("on");
    shown = null;
    dim();
    pane.classList.add("empty");
    pane.replaceChildren(byId("hint").content.cloneNode(true));
  }
  function pin(cell, focus) {
    document.querySelectorAll(".v[tabindex='0']").forEach(function (other) {
      if (other.closest("table") === cell.closest("table")) other.tabIndex = -1;
    });
    cell.tabIndex = 0;
    pinned = cell;
    show(cell);
    if (focus) cell.focus({ preventScroll: true });
    writeHash(cell.id, hashParts().taal);
  }
  function neighbour(cell, key) {
    var values = Array.prototype.slice.call(cell.closest("tr").querySelectorAll(".v"));
    var at = values.indexOf(cell);
    if (key === "ArrowRight") return values[at + 1];
    if (key === "ArrowLeft") return values[at - 1];
    if (key === "Home") return values[0];
    if (key === "End") return values[values.length - 1];
    var index = cell.closest("td").cellIndex;
    var row = cell.closest("tr");
    while ((row = key === "ArrowDown" ? row.nextElementSibling : row.previousElementSibling)) {
      var found = row.cells[index];
      var value = found && (found.classList.contains("v") ? found : found.querySelector(".v"));
      if (value) return value;
    }
    return null;
  }
  if (pane) {
    release();
    /* A table that fits the width needs no box of its own to scroll in: its header then sticks to the window. */
    var sheets = Array.prototype.slice.call(document.querySelectorAll(".sheet"));
    var fit = function () {
      var fits = sheets.map(function (sheet) { return sheet.firstElementChild.offsetWidth <= sheet.clientWidth; });
      sheets.forEach(function (sheet, i) { sheet.classList.toggle("fits", fits[i]); });
    };
    fit();
    window.addEventListener("resize", fit);
    document.querySelectorAll("table.printed").forEach(function (table) {
      var first = table.querySelector(".v");
      if (first) first.tabIndex = 0;
      table.addEventListener("mouseover", function (event) {
        var cell = event.target.closest(".v");
        if (cell && !pinned && matchMedia("(min-width:75.01rem)").matches) show(cell);
      });
      table.addEventListener("click", function (event) {
        var cell = event.target.closest(".v");
        if (cell) { if (pinned === cell) release(); else pin(cell, true); }
      });
      table.addEventListener("focusin", function (event) {
        var cell = event.target.closest(".v");
        if (cell && cell.matches(":focus-visible")) pin(cell, false);
      });
      table.addEventListener("keydown", function (event) {
        var cell = event.target.closest(".v");
        if (!cell) return;
        if (/^(Arrow|Home|End)/.test(event.key)) {
          var next = neighbour(cell, event.key);
          if (next) { event.preventDefault(); pin(next, true); next.scrollIntoView({ block: "nearest", inline: "nearest" }); }
        } else if (event.key === "Enter" || event.key === " ") { event.preventDefault(); pin(cell, true); }
      });
    });
    document.addEventListener("keydown", function (event) { if (event.key === "Escape") release(); });
    document.querySelectorAll("main .rules").forEach(function (list) {
      list.addEventListener("mouseover", function (event) { var rule = event.target.closest("li"); if (rule) light(rule); });
      list.addEventListener("mouseleave", dim);
    });
    document.addEventListener("click", function (event) {
      var link = event.target.closest("a[href^='#c']");
      var cell = link && byId(link.hash.slice(1));
      if (cell) { event.preventDefault(); reveal(cell); pin(cell, true); }
    });
  }

  /* --- the list of documents: filter and sort --- */
  var list = byId("documenten");
  if (list) {
    var rows = Array.prototype.slice.call(list.tBodies[0].rows);
    var words = rows.map(function (row) { return row.textContent.toLowerCase(); });
    var search = byId("zoek"), only = byId("alleen"), shownCount = byId("getoond");
    var filter = function () {
      var asked = search.value.toLowerCase().split(/\s+/).filter(Boolean), n = 0;
      rows.forEach(function (row, i) {
        var fits = (!only.checked || row.dataset.p === "1") && asked.every(function (word) { return words[i].indexOf(word) >= 0; });
        row.hidden = !fits;
        if (fits) n += 1;
      });
      shownCount.textContent = n;
    };
    search.addEventListener("input", filter);
    only.addEventListener("change", filter);
    list.tHead.addEventListener("click", function (event) {
      var head = event.target.closest("th");
      if (!head || !event.target.closest("button")) return;
      var up = head.getAttribute("aria-sort") !== "ascending", at = head.cellIndex;
      Array.prototype.forEach.call(list.tHead.rows[0].cells, function (th) { th.removeAttribute("aria-sort"); });
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      var keyed = rows.map(function (row, i) {
        var cell = row.cells[at], v = cell.dataset.v;
        return { row: row, i: i, key: v === undefined ? cell.textContent.trim().toLowerCase() : Number(v) };
      });
      keyed.sort(function (a, b) {
        var order = a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
        return (up ? order : -order) || a.i - b.i;
      });
      list.tBodies[0].append.apply(list.tBodies[0], keyed.map(function (k) { return k.row; }));
    });
  }

  /* What scrolls sideways can be reached with the keyboard, and says what it is. */
  var boxes = Array.prototype.slice.call(document.querySelectorAll(".wide:not([role])"));
  var scrollable = function () {
    boxes.forEach(function (box) {
      if (!box.clientWidth) return;
      var section = box.closest("section"), title = section && section.querySelector("h2");
      if (box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight) {
        box.tabIndex = 0;
        box.setAttribute("role", "region");
        var heads = Array.prototype.map.call(box.querySelectorAll("thead th"), function (head) { return head.innerText; });
        box.setAttribute("aria-label", [title ? title.innerText : document.title].concat(heads.join(", ") || []).join(": "));
      } else { box.removeAttribute("tabindex"); box.removeAttribute("role"); box.removeAttribute("aria-label"); }
    });
  };
  scrollable();
  window.addEventListener("resize", scrollable);
  document.addEventListener("toggle", scrollable, true);

  /* --- from the first page to the search page --- */
  var everywhere = byId("zoekoveral");
  if (everywhere) everywhere.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" || !everywhere.value.trim()) return;
    location.href = "zoeken.html?q=" + encodeURIComponent(everywhere.value.trim()) + "#" + root.dataset.taal;
  });

  /* --- causes: filters, and a page that stays short: the first stand in it, the rest is unpacked when it is asked for --- */
  var causes = byId("lijst"), filters = byId("filters");
  var restOfCauses = function () { return null; };
  if (causes && filters) {
    var items = Array.prototype.slice.call(causes.children), more = byId("meer"), limit = 50, unpacking = null;
    var textOf = function (item) { return item.textContent.toLowerCase(); };
    var texts = items.map(textOf), rest = byId("rest"), number = rest ? Number(rest.dataset.aantal) : items.length;
    var fields = Array.prototype.slice.call(filters.querySelectorAll("[data-filter]"));
    var given = new URLSearchParams(location.search);
    fields.forEach(function (field) {
      var value = given.get(field.dataset.filter);
      if (!value) return;
      field.value = value;
      if (field.value === value) return;
      var unknown = make("option", "", value); // what a link asks for and no cause has: shown as chosen, so that none is found
      unknown.value = value;
      field.append(unknown);
      field.value = value;
    });
    var told = function (field) {
      var option = field.selectedOptions && field.selectedOptions[0], label = field.closest("label"), part = make("li");
      if (label) Array.prototype.forEach.call(label.childNodes, function (child) {
        if (child !== field) part.append(child.nodeType === Node.TEXT_NODE ? child.data.trim() : child.cloneNode(true));
      });
      if (label) part.append(": ");
      part.append(option && option.dataset.nl ? say(option.dataset.nl, option.dataset.en) : make("q", "", field.value));
      return part;
    };
    restOfCauses = function () {
      if (!rest) return null;
      unpacking = unpacking || unpacked("rest").then(function (markup) {
        var holder = make("template");
        holder.innerHTML = markup;
        items = items.concat(Array.prototype.slice.call(holder.content.querySelectorAll("li[data-zekerheid]")));
        items.slice(texts.length).forEach(function (item) { item.hidden = true; });
        causes.append(holder.content);
        texts = items.map(textOf);
        rest.remove();
        rest = null;
      });
      return unpacking;
    };
    var sift = function () {
      var n = 0, wanted = location.hash.slice(1).split(";")[0];
      var asked = fields.filter(function (field) { return field.value; });
      if (rest && (asked.length || limit > items.length || (wanted && !byId(wanted)))) { restOfCauses().then(sift); return; }
      items.forEach(function (item, i) {
        var fits = asked.every(function (field) {
          if (field.dataset.filter === "tekst") return field.value.toLowerCase().split(/\s+/).every(function (word) { return texts[i].indexOf(word) >= 0; });
          return item.dataset[field.dataset.filter] === field.value;
        });
        if (fits) n += 1;
        item.hidden = !(fits && n <= limit) && item.id !== wanted;
      });
      if (!asked.length) n = number;
      byId("gevonden").textContent = n;
      byId("geen").hidden = n > 0;
      byId("geen").lastElementChild.replaceChildren.apply(byId("geen").lastElementChild, asked.map(told));
      more.hidden = n <= limit;
    };
    fields.forEach(function (field) { field.addEventListener("input", function () { limit = 50; sift(); }); });
    more.addEventListener("click", function () { limit += 200; sift(); });
    window.addEventListener("hashchange", sift);
    sift();
  }

  /* --- search: labels, amounts, documents and causes, all of them in this page --- */
  var asked = byId("vraag");
  if (asked) {
    var all = null, entries = null;
    /* What a text with figures in Dutch or English notation may be, Dutch first; marks between thousands stand before three digits. */
    var amounts = function (text) {
      var found = /\d[\d.,]*/.exec(text), minus = /^\s*[-\u2212(]|[-\u2212]\s*$/.test(text) ? -1 : 1;
      var digits = found ? found[0].replace(/[.,]+$/, "") : "", read = [];
      if (/^\d+(\.\d{3})*(,\d+)?$/.test(digits)) read.push(minus * Number(digits.replace(/\./g, "").replace(",", ".")));
      if (/^\d+(,\d{3})*(\.\d+)?$/.test(digits)) read.push(minus * Number(digits.replace(/,/g, "")));
      return read;
    };
    /* Whether it is the number that is asked for, as printed or in euros; asked without a sign it may have either. */
    var isOf = function (word, isSigned, number, unit) {
      return number !== undefined && [number, number * unit].some(function (n) {
        return word.wanted.some(function (w) {
          return Math.abs(isSigned ? n - w : Math.abs(n) - Math.abs(w)) < 1e-9 * Math.max(1, Math.abs(w));
        });
      });
    };
    var numbersIn = function (text) {
      return (text.match(/\d[\d.,]*/g) || []).map(function (one) { return amounts(one)[0]; });
    };
    var prepared = function () {
      if (entries) return entries;
      entries = [];
      all.causes.forEach(function (c) { entries.push({ words: c.join(" ").toLowerCase(), cause: c }); });
      all.documents.forEach(function (d) { entries.push({ words: d.join(" ").toLowerCase(), document: d }); });
      all.rows.forEach(function (r) {
        var d = all.documents[r[0]];
        var values = r[3].split("\u001e").map(function (v) { return v.split("\u001f"); });
        entries.push({ words: (r[2] + " " + all.tables[r[1]] + " " + d[0] + " " + d[1] + " " + d[2]).toLowerCase(), row: r, values: values, unit: all.units[r[1]] });
      });
      return entries;
    };
    var hit = function (href, title, place, isPrinted) {
      var item = make("li"), link = make("a", "", title);
      link.href = href;
      item.append(link, make("div", "small soft", place));
      if (isPrinted) item.lang = "nl";
      return item;
    };
    var search = function () {
      var list = byId("uitslag"), n = 0, shown = [];
      var words = asked.value.toLowerCase().split(/\s+/).filter(Boolean).map(function (word) {
        var isAmount = /^[-+\u2212(\u20ac]*\d[\d.,]*\)?$/.test(word);
        return {
          text: /^[0-9a-f]{32}$/.test(word) ? word.slice(0, 12) : word, // pages keep as much of a hash
          wanted: isAmount && amounts(word), isSigned: /^[-\u2212(]/.test(word)
        };
      });
      if (words.length) prepared().forEach(function (entry) {
        var value = null;
        var fits = words.every(function (word) {
          if (entry.words.indexOf(word.text) >= 0) return true;
          if (!word.wanted) return false;
          if (entry.cause) {
            entry.numbers = entry.numbers || numbersIn(entry.words);
            return entry.numbers.some(function (number) { return isOf(word, false, number, 1); });
          }
          var found = entry.values && entry.values.find(function (v) {
            if (v.length < 3) v.push(amounts(v[0])[0]);
            return isOf(word, word.isSigned, v[2], entry.unit);
          });
          if (found) value = found;
          return Boolean(found);
        });
        if (!fits) return;
        n += 1;
        if (shown.length >= 100) return;
        var d = entry.row && all.documents[entry.row[0]];
        if (entry.cause) shown.push(hit(entry.cause[2], entry.cause[root.dataset.taal === "nl" ? 0 : 1], entry.cause[3] + " " + (root.dataset.taal === "nl" ? entry.cause[4] : otherNotation(entry.cause[4]))));
        else if (entry.document) shown.push(hit(entry.document[4], entry.document[1], [entry.document[2], entry.document[root.dataset.taal === "nl" ? 3 : 5], entry.document[0]].join(" \u00b7 ")));
        else shown.push(hit(d[4] + "#" + (value || entry.values[0])[1], entry.row[2] + (value ? ": " + value[0] : ""), all.tables[entry.row[1]] + " \u00b7 " + d[0], true));
      });
      list.replaceChildren.apply(list, shown);
      list.hidden = !shown.length;
      byId("treffers").textContent = n;
      byId("teveel").hidden = n <= shown.length;
    };
    asked.value = new URLSearchParams(location.search).get("q") || "";
    asked.focus();
    unpacked("gezocht").then(function (found) {
      all = JSON.parse(found);
      asked.addEventListener("input", search);
      search();
    });
  }

  /* --- explore: choose, add up in whole cents, show the question as SQL --- */
  var explored = byId("verkend");
  if (explored) {
    var figures = JSON.parse(explored.textContent), chosen = {}, lines = [];
    ["gemeente", "stand", "programma", "van", "tot", "maat"].forEach(function (name) { chosen[name] = byId("kies-" + name); });
    var option = function (value, nl, en) {
      var made = make("option", "", root.dataset.taal === "en" && en ? en : nl);
      made.value = String(value);
      if (en) { made.dataset.nl = nl; made.dataset.en = en; }
      return made;
    };
    var different = function (column, rows) {
      return rows.map(function (row) { return row[column]; }).filter(function (value, i, all) { return all.indexOf(value) === i; });
    };
    var offer = function (select, options, fallback) {
      var before = select.value;
      select.replaceChildren.apply(select, options);
      select.value = before;
      if (!before || select.selectedIndex < 0) select.value = fallback === undefined ? options[0].value : String(fallback);
    };
    var cents = function (n, mark) {
      var whole = String(Math.abs(n)).padStart(3, "0"), euros = whole.slice(0, -2), rest = whole.slice(-2);
      if (mark === ",") euros = euros.replace(/\B(?=(\d{3})+$)/g, ".");
      return (n < 0 ? "-" : "") + euros + (mark === "," && rest === "00" ? "" : mark + rest);
    };
    var quoted = function (text) { return "'" + text.replace(/'/g, "''") + "'"; };
    var explore = function () {
      var own = figures.rows.filter(function (row) { return String(row[0]) === chosen.gemeente.value; });
      offer(chosen.stand, different(2, own).map(function (n) { return option(n, figures.standen[n][1], figures.standen[n][2]); }));
      own = own.filter(function (row) { return String(row[2]) === chosen.stand.value; });
      var years = different(1, own).sort();
      offer(chosen.van, years.map(function (year) { return option(year, String(year)); }), years[0]);
      offer(chosen.tot, years.map(function (year) { return option(year, String(year)); }), years[years.length - 1]);
      offer(chosen.programma, [option("", "alle", "all")].concat(different(3, own).map(function (n) {
        return figures.programmas[n][0] === "onbekend" ? option(n, "niet bekend", "not known") : option(n, figures.programmas[n].join(" "));
      })));
      var from = Number(chosen.van.value), to = Number(chosen.tot.value), programma = figures.programmas[chosen.programma.value];
      lines = own.filter(function (row) {
        return row[1] >= from && row[1] <= to && (!programma || String(row[3]) === chosen.programma.value);
      }).map(function (row) {
        var p = figures.programmas[row[3]], b = figures.beleidsterreinen[row[4]];
        return { jaar: row[1], words: [String(row[1]), p[0], p[1], b[0], b[1]], lasten: row[5], baten: row[6], saldo: row[6] - row[5] };
      });
      var measure = chosen.maat.value, perYear = {};
      lines.forEach(function (line) { perYear[line.jaar] = (perYear[line.jaar] || 0) + line[measure]; });
      var most = Math.max.apply(null, Object.values(perYear).map(Math.abs).concat(1));
      byId("per-jaar").tBodies[0].replaceChildren.apply(byId("per-jaar").tBodies[0], Object.keys(perYear).sort().map(function (year) {
        var row = make("tr"), cell = make("td", "column"), bar = make("div", "column " + (perYear[year] < 0 ? "below" : "above"));
        bar.style.width = 100 * Math.abs(perYear[year]) / most + "%";
        bar.setAttribute("aria-hidden", "true");
        cell.append(bar);
        row.append(make("td", "", year), cell, make("td", "num", cents(perYear[year], ",")));
        return row;
      }));
      byId("per-regel").tBodies[0].replaceChildren.apply(byId("per-regel").tBodies[0], lines.map(function (line) {
        var row = make("tr");
        line.words.forEach(function (word, i) {
          var cell = make("td"), known = line.words[i === 1 || i === 2 ? 1 : 3] !== "onbekend";
          if (i && !known) { if (i % 2) cell.append(say("niet bekend", "not known")); } else cell.textContent = word;
          if (i) cell.lang = "nl";
          row.append(cell);
        });
        ["lasten", "baten", "saldo"].forEach(function (name) { row.append(make("td", "num", cents(line[name], ","))); });
        return row;
      }));
      byId("sql").textContent = "select jaar, programma, programma_naam, beleidsterrein_code, beleidsterrein,\n    sum(lasten_eur) as lasten_eur, sum(baten_eur) as baten_eur, sum(saldo_eur) as saldo_eur\nfrom main.saldo\nwhere gemeente_id = "
        + quoted(figures.gemeenten[chosen.gemeente.value][0]) + "\n    and stand = " + quoted(figures.standen[chosen.stand.value][0])
        + "\n    and jaar between " + from + " and " + to
        + (programma ? "\n    and programma = " + quoted(programma[0]) + " and programma_naam = " + quoted(programma[1]) : "")
        + "\ngroup by all\norder by jaar, programma, programma_naam, beleidsterrein_code, beleidsterrein;";
      byId("gekopieerd").textContent = "";
    };
    if (figures.rows.length) {
      offer(chosen.gemeente, figures.gemeenten.map(function (g, n) { return option(n, g[1]); }));
      byId("keuzes").addEventListener("input", explore);
      explore();
    }
    byId("neem-csv").addEventListener("click", function () {
      var field = function (text) { return /[",\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text; };
      var isDutch = root.dataset.taal === "nl";
      var heads = isDutch ? "jaar,programma,programma_naam,beleidsterrein_code,beleidsterrein,lasten_eur,baten_eur,saldo_eur\n" :
        "year,programme,programme_name,policy_field_code,policy_field,expenditure_eur,revenue_eur,balance_eur\n";
      var text = heads + lines.map(function (line) {
        return line.words.map(field).concat([cents(line.lasten, "."), cents(line.baten, "."), cents(line.saldo, ".")]).join(",") + "\n";
      }).join("");
      var link = make("a");
      link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
      link.download = isDutch ? "lasten-en-baten.csv" : "expenditure-and-revenue.csv";
      link.click();
      URL.revokeObjectURL(link.href);
    });
    byId("neem-sql").addEventListener("click", function () {
      var shown = byId("sql"), told = byId("gekopieerd"), range = document.createRange();
      var say = function (nl, en) { told.textContent = root.dataset.taal === "nl" ? nl : en; };
      range.selectNodeContents(shown);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      if (!navigator.clipboard) { say("Geselecteerd: kopieer met Ctrl-C.", "Selected: copy with Ctrl-C."); return; }
      navigator.clipboard.writeText(shown.textContent).then(
        function () { say("Gekopieerd.", "Copied."); },
        function () { say("Geselecteerd: kopieer met Ctrl-C.", "Selected: copy with Ctrl-C."); });
    });
  }

  /* What is larger than its box can be scrolled with the keyboard, and says what it is. */
  function reachable() {
    document.querySelectorAll(".wide").forEach(function (box) {
      var scrolls = box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight;
      if (!scrolls || box.tabIndex === 0) return;
      box.tabIndex = 0;
      box.setAttribute("role", "group");
      var about = box.closest("details, section"), heading = about && about.querySelector("summary, h2, h3");
      if (!heading) return;
      if (!heading.id) heading.id = "van-" + document.querySelectorAll("[id^='van-']").length;
      box.setAttribute("aria-labelledby", heading.id);
    });
  }
  reachable();
  window.addEventListener("resize", reachable);
  document.addEventListener("toggle", reachable, true);

  /* In the middle; on a narrow screen at the top, because the pane lies over the lower half. */
  function reveal(target) {
    var wide = matchMedia("(min-width:75.01rem)").matches;
    target.scrollIntoView({ block: wide && target.classList.contains("v") ? "center" : "start", inline: "center" });
  }
  function arrive() {
    var parts = hashParts();
    if (parts.taal) setLanguage(parts.taal);
    var target = parts.place && byId(parts.place);
    var rest = parts.place && !target && restOfCauses();
    if (rest) { rest.then(arrive); return; }
    byId("weg").hidden = Boolean(target || !parts.place);
    if (!target) return;
    var folded = target.closest("details");
    while (folded) { folded.open = true; folded = folded.parentElement.closest("details"); }
    reveal(target);
    if (pane && target.classList.contains("v")) pin(target, true);
  }
  setLanguage(hashParts().taal || (/^nl/i.test(navigator.language || "nl") ? "nl" : "en"));
  window.addEventListener("hashchange", arrive);
  if (location.hash) arrive();
})();
