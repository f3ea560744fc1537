/* DuckDB in the browser over the Parquet files of an export: choices make SQL, SQL makes an answer, an answer is drawn. */
import * as duckdb from "./duckdb/duckdb-browser.mjs";
import openParquet, { readParquet } from "./duckdb/parquet_wasm.js";

const byId = (id) => document.getElementById(id);
const tables = JSON.parse(byId("tabellen").textContent);
const SHOWN = 1000; // rows in the page; the download has all
const root = document.documentElement;
let taal = /^nl/i.test(navigator.language || "nl") ? "nl" : "en";
let connection, answer = null, redraw = () => {};

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}
const say = (nl, en) => (taal === "nl" ? nl : en);
function setLanguage(chosen) {
  taal = root.lang = root.dataset.taal = chosen;
  document.querySelectorAll("option[data-nl]").forEach((option) => { option.textContent = option.dataset[chosen]; });
  document.querySelectorAll(".talen button").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.taal === chosen)));
  redraw();
}
const tell = (text) => { byId("toestand").textContent = text; };
const quoted = (text) => "'" + String(text).replace(/'/g, "''") + "'";

/* --- the database --- */
async function open() {
  const here = new URL("./duckdb/", import.meta.url);
  const database = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), new Worker(new URL("duckdb-browser-eh.worker.js", here)));
  await database.instantiate(new URL("duckdb-eh.wasm", here).href);
  await openParquet({ module_or_path: new URL("parquet_wasm_bg.wasm", here) });
  connection = await database.connect();
  /* What is not here is not fetched elsewhere. */
  await connection.query("set autoinstall_known_extensions = false; set autoload_known_extensions = false; create schema if not exists marts");
}
const loaded = new Map();
function load(table) {
  if (!loaded.has(table.name)) loaded.set(table.name, (async () => {
    tell(say("laadt ", "loads ") + table.name + "…");
    const found = await fetch(new URL("../" + table.file, import.meta.url));
    if (!found.ok) throw new Error(table.file + ": " + found.status);
    const rows = readParquet(new Uint8Array(await found.arrayBuffer())).intoIPCStream();
    await connection.insertArrowFromIPCStream(rows, { schema: table.schema, name: table.name, create: true });
    tell("");
  })());
  return loaded.get(table.name);
}
/* The tables that a question names are there before it is asked. */
async function prepare(sql) {
  const words = new Set(sql.toLowerCase().match(/\w+/g) || []);
  for (const table of tables) if (words.has(table.name)) await load(table);
}
/* Names, types and rows, every value as text as DuckDB writes it: amounts stay exact. */
async function ask(sql) {
  await prepare(sql);
  await connection.query("create or replace temp table gevraagd as " + sql.trim().replace(/;\s*$/, ""));
  const columns = (await connection.query("describe gevraagd")).toArray().map((row) => ({ name: row.column_name, type: row.column_type }));
  const found = await connection.query("select columns(*)::varchar from gevraagd");
  const vectors = columns.map((_, i) => found.getChildAt(i));
  const rows = Array.from({ length: found.numRows }, (_, n) => vectors.map((vector) => (vector ? vector.get(n) : null)));
  return { columns, rows };
}

/* --- the choices --- */
const NAMES = ["maat", "gemeente", "stand", "programma", "taakveld", "van", "tot"];
const chosen = Object.fromEntries(NAMES.map((name) => [name, byId("kies-" + name)]));
let offered = [], delivered = null;
function offer(select, options, fallback) {
  const before = select.value;
  select.replaceChildren(...options.map(([value, text]) => { const made = make("option", "", text); made.value = String(value); return made; }));
  select.value = before;
  if (!before || select.selectedIndex < 0) select.value = String(fallback === undefined ? options[0][0] : fallback);
}
const different = (pairs) => [...new Map(pairs.map((pair) => [String(pair[0]), pair])).values()];
const records = (found) => found.rows.map((row) => Object.fromEntries(row.map((value, i) => [found.columns[i].name, value])));
let choice = 0;
/* Makes the SQL of what is chosen; false where something else was chosen meanwhile. */
async function choose() {
  const own = ++choice;
  const side = /^iv3_(.*)/.exec(chosen.maat.value);
  if (chosen.programma.parentElement.hidden !== Boolean(side)) ["stand", "van", "tot"].forEach((name) => chosen[name].replaceChildren()); // other years
  chosen.programma.parentElement.hidden = Boolean(side);
  chosen.taakveld.parentElement.hidden = !side;
  if (side && !delivered) delivered = {
    gemeenten: records(await ask("select gemeentecode, max_by(gemeente, jaar) as gemeente from main.iv3_benchmarks group by all order by 2, 1")),
    leveringen: records(await ask("select distinct kant, soort, jaar, taakveld_code, taakveld from main.iv3_benchmarks order by all")),
  };
  if (own !== choice) return false;
  if (side) chooseAmongPeers(side[1]);
  else chooseOwn();
  return true;
}
/* What every gemeente delivered to CBS, per inhabitant: one beside those of its size and its province. */
function chooseAmongPeers(side) {
  const gemeente = offered.find((row) => row.gemeente_id === chosen.gemeente.value);
  const known = gemeente && delivered.gemeenten.find((row) => row.gemeentecode === gemeente.gemeente_id || row.gemeente === gemeente.gemeente);
  offer(chosen.gemeente, delivered.gemeenten.map((row) => [row.gemeentecode, row.gemeente]), known && known.gemeentecode);
  let own = delivered.leveringen.filter((row) => row.kant === side);
  offer(chosen.stand, different(own.map((row) => [row.soort, row.soort])));
  own = own.filter((row) => row.soort === chosen.stand.value);
  const years = different(own.map((row) => [row.jaar, row.jaar])), latest = years[years.length - 1][0];
  offer(chosen.van, years, latest);
  offer(chosen.tot, years, latest);
  const codes = different(own.filter((row) => row.jaar === chosen.tot.value).map((row) => [row.taakveld_code, row.taakveld_code + " " + row.taakveld]));
  offer(chosen.taakveld, [["", say("alle", "all")], ...codes]);
  const isOneYear = chosen.van.value === chosen.tot.value, code = chosen.taakveld.value;
  const which = "kant = " + quoted(side) + "\n    and soort = " + quoted(chosen.stand.value)
    + "\n    and jaar " + (isOneYear ? "= " + chosen.tot.value : "between " + chosen.van.value + " and " + chosen.tot.value)
    + (code ? "\n    and taakveld_code = " + quoted(code) : "");
  const one = "\n    and gemeentecode = " + quoted(chosen.gemeente.value);
  const middles = "mediaan_klasse_eur, gemeenten_klasse, mediaan_provincie_eur, gemeenten_provincie";
  byId("sql").value = isOneYear && code
    ? "select gemeente, grootteklasse, inwoners, mediaan_klasse_eur, is_uitschieter, reden, per_inwoner_eur\nfrom main.iv3_benchmarks\nwhere " + which
      + "\n    and grootteklasse = (select max(grootteklasse) from main.iv3_benchmarks where " + which.replace(/\n */g, " ") + one.replace(/\n */g, " ") + ")"
      + "\norder by per_inwoner_eur desc, gemeente;"
    : "select " + (isOneYear ? "" : "jaar, ") + "taakveld_code || ' ' || taakveld as taakveld, bedrag_eur, " + middles + ", is_uitschieter, reden,\n    "
      + (isOneYear ? "per_inwoner_eur, per_inwoner_eur - mediaan_klasse_eur as boven_midden_van_klasse_eur" : "per_inwoner_eur")
      + "\nfrom main.iv3_benchmarks\nwhere " + which + one + "\norder by " + (isOneYear ? "" : "jaar, ") + "taakveld_code;";
}
function chooseOwn() {
  offer(chosen.gemeente, different(offered.map((row) => [row.gemeente_id, row.gemeente])));
  let own = offered.filter((row) => row.gemeente_id === chosen.gemeente.value);
  offer(chosen.stand, different(own.map((row) => [row.stand, row.stand.replace(/_/g, " ")])));
  own = own.filter((row) => row.stand === chosen.stand.value);
  const years = different(own.map((row) => [row.jaar, row.jaar])).sort((a, b) => a[0] - b[0]);
  offer(chosen.van, years);
  offer(chosen.tot, years, years[years.length - 1][0]);
  const programmas = own.map((row) => [JSON.stringify([row.programma, row.programma_naam]), row.programma + " " + row.programma_naam]);
  offer(chosen.programma, [["", say("alle", "all")], ...different(programmas)]);
  const amounts = chosen.maat.value === "saldo" ? ["lasten_eur", "baten_eur", "saldo_eur"] : ["bedrag_eur"];
  const sums = amounts.map((name) => "sum(" + name + ") as " + (name === "bedrag_eur" ? chosen.maat.value + "_eur" : name));
  const [programma, naam] = chosen.programma.value ? JSON.parse(chosen.programma.value) : [];
  byId("sql").value = "select jaar, programma, programma_naam, beleidsterrein_code, beleidsterrein,\n    " + sums.join(", ")
    + "\nfrom main." + chosen.maat.value + "\nwhere gemeente_id = " + quoted(chosen.gemeente.value)
    + "\n    and stand = " + quoted(chosen.stand.value)
    + "\n    and jaar between " + chosen.van.value + " and " + chosen.tot.value
    + (programma === undefined ? "" : "\n    and programma = " + quoted(programma) + " and programma_naam = " + quoted(naam))
    + "\ngroup by all\norder by all;";
}

/* --- the answer --- */
const isAmount = (column) => /^DECIMAL/.test(column.type);
const isNumber = (column) => isAmount(column) || /INT|DOUBLE|FLOAT/.test(column.type);
function figure(text, column) {
  if (text === null || !isAmount(column)) return text === null ? "" : text;
  const [whole, rest = ""] = text.split("."), grouped = whole.replace(/\B(?=(\d{3})+$)/g, taal === "nl" ? "." : ",");
  return grouped + (/[1-9]/.test(rest) ? (taal === "nl" ? "," : ".") + rest : "");
}
/* An amount in its smallest unit, so that a browser adds up exactly. */
function exact(text, column) {
  const scale = Number(/,(\d+)\)/.exec(column.type)[1]), [whole, rest = ""] = text.split(".");
  return BigInt(whole + rest.padEnd(scale, "0"));
}
function inEuros(amount, column) {
  const scale = Number(/,(\d+)\)/.exec(column.type)[1]), digits = String(amount < 0n ? -amount : amount).padStart(scale + 1, "0");
  const text = scale ? digits.slice(0, -scale) + "." + digits.slice(-scale) : digits;
  return (amount < 0n ? "-" : "") + text;
}
/* Bars of the last amount, added up per jaar, or per value of the first column where there is no jaar. */
function draw() {
  const { columns, rows } = answer, body = byId("beeld").tBodies[0];
  const along = Math.max(columns.findIndex((column) => column.name === "jaar"), 0);
  const last = columns.map(isAmount).lastIndexOf(true), sums = new Map();
  body.replaceChildren();
  if (last < 0) { byId("getekend").textContent = say("Het antwoord heeft geen bedragen om te tekenen.", "The answer has no amounts to draw."); return; }
  rows.forEach((row) => { if (row[last] !== null) sums.set(row[along], (sums.get(row[along]) || 0n) + exact(row[last], columns[last])); });
  const size = (amount) => (amount < 0n ? -amount : amount);
  const most = [...sums.values()].reduce((most, amount) => (size(amount) > most ? size(amount) : most), 1n);
  byId("getekend").textContent = columns[last].name + say(" per ", " by ") + columns[along].name;
  [...sums].slice(0, 60).forEach(([label, amount]) => {
    const row = make("tr"), cell = make("td", "column"), bar = make("div", "column " + (amount < 0n ? "below" : "above"));
    bar.style.width = Number((size(amount) * 100000n) / most) / 1000 + "%";
    bar.setAttribute("aria-hidden", "true");
    cell.append(bar);
    row.append(make("td", "", label === null ? "" : label), cell, make("td", "num", figure(inEuros(amount, columns[last]), columns[last])));
    body.append(row);
  });
}
function show() {
  const { columns, rows } = answer, head = make("tr");
  columns.forEach((column) => { const th = make("th", isNumber(column) ? "num" : "", column.name); th.scope = "col"; head.append(th); });
  byId("antwoord").tHead.replaceChildren(head);
  byId("antwoord").tBodies[0].replaceChildren(...rows.slice(0, SHOWN).map((values) => {
    const row = make("tr");
    values.forEach((value, i) => row.append(make("td", isNumber(columns[i]) ? "num" : "", figure(value, columns[i]))));
    return row;
  }));
  byId("rijen").textContent = rows.length + say(rows.length === 1 ? " rij" : " rijen", rows.length === 1 ? " row" : " rows")
    + (rows.length > SHOWN ? say("; hier de eerste ", "; here the first ") + SHOWN : "");
  draw();
}
let turn = 0;
async function run() {
  const own = ++turn;
  try {
    const found = await ask(byId("sql").value);
    if (own !== turn) return;
    answer = found;
    tell("");
    show();
  } catch (error) {
    if (own !== turn) return;
    answer = { columns: [], rows: [] };
    show();
    tell(String(error.message || error));
  }
  root.dataset.beantwoord = String(own);
}

/* --- taking it along --- */
byId("neem-csv").addEventListener("click", () => {
  const field = (text) => (text === null ? "" : /[",\n\r]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text);
  const lines = [answer.columns.map((column) => column.name), ...answer.rows].map((row) => row.map(field).join(",") + "\n");
  const link = make("a");
  link.href = URL.createObjectURL(new Blob(lines, { type: "text/csv" }));
  link.download = "sluitend.csv";
  link.click();
  URL.revokeObjectURL(link.href);
});
byId("neem-sql").addEventListener("click", async () => {
  byId("sql").select();
  try {
    await navigator.clipboard.writeText(byId("sql").value);
    byId("gekopieerd").textContent = say("Gekopieerd.", "Copied.");
  } catch {
    byId("gekopieerd").textContent = say("Geselecteerd: kopieer met Ctrl-C.", "Selected: copy with Ctrl-C.");
  }
});
document.querySelectorAll(".talen button").forEach((button) => button.addEventListener("click", () => setLanguage(button.dataset.taal)));

byId("server").hidden = true;
setLanguage(taal);
tell(say("DuckDB wordt geladen…", "DuckDB is being loaded…"));
try {
  await open();
  const known = await ask("select distinct gemeente_id, gemeente, stand, jaar, programma, programma_naam from main.saldo order by gemeente, gemeente_id, stand, jaar, programma, programma_naam");
  offered = records(known);
  byId("werk").hidden = false;
  redraw = () => { if (answer) show(); };
  byId("voer-uit").addEventListener("click", run);
  if (offered.length) {
    byId("keuzes").addEventListener("input", async () => {
      try {
        if (await choose()) await run();
      } catch (error) {
        tell(String(error.message || error));
      }
    });
    await choose();
    await run();
  } else {
    byId("keuzes").hidden = true;
    tell(say("Er zijn nog geen lasten of baten om uit te kiezen.", "There are no lasten or baten to choose from yet."));
  }
} catch (error) {
  tell(String(error.message || error));
}
