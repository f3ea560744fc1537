"""The thirty questions of vragen.md as a marimo notebook: choose one, change its SQL, see the answer."""

import marimo

app = marimo.App()


@app.cell
def _():
    import os
    import re
    from pathlib import Path

    import duckdb
    import marimo as mo

    docs = Path(__file__).resolve().parent
    home = Path(os.environ.get("SLUITEND_HOME", docs.parent / "warehouse"))
    warehouse = duckdb.connect(str(home / "sluitend.duckdb"), read_only=True)
    page = (docs / "vragen.md").read_text(encoding="utf-8")
    questions = dict(re.findall(r"^## (\d+\. .+?)\n\n```sql\n(.+?)\n```", page, re.M | re.S))
    return mo, questions, warehouse


@app.cell
def _(mo, questions):
    question = mo.ui.dropdown(list(questions), value=next(iter(questions)), label="Vraag")
    question
    return (question,)


@app.cell
def _(mo, question, questions):
    sql = mo.ui.code_editor(questions[question.value], language="sql")
    sql
    return (sql,)


@app.cell
def _(mo, sql, warehouse):
    answer = warehouse.sql(sql.value).df()
    mo.ui.table(answer)
    return (answer,)


if __name__ == "__main__":
    app.run()
