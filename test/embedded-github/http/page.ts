import { latestCheckRuns } from "../acts/check-runs.ts";
import { findPull } from "../acts/pulls.ts";
import { reviewsOf } from "../acts/reviews.ts";
import type { Annotation, CheckRun } from "../state/check-runs.ts";
import type { Pull } from "../state/pulls.ts";
import { fullName, type Repository } from "../state/repositories.ts";
import { findRepository, type World } from "../state/world.ts";

/** A page for people, null where nothing is to be seen. Texts are shown as they are, never as HTML or Markdown. */
export function pageAt(world: World, path: string): string | null {
  if (path === "/") return page("GitHub in a box", html(listRepositories(world)));
  const [, owner = "", name = "", number] =
    /^\/([\w.-]+)\/([\w.-]+)(?:\/pull\/([0-9]+))?\/?$/.exec(path) ?? [];
  const repository = findRepository(world, owner, name);
  if (repository === undefined || repository.private) return null;
  if (number === undefined) return page(fullName(repository), html(listPulls(repository)));
  const pull = repository.pulls.find((one) => one.number === Number(number));
  return pull === undefined ? null : page(pull.title, html(showPull(repository, pull.number)));
}

/** Text that is HTML already. */
interface Html {
  readonly html: string;
}

function listRepositories(world: World): Html[] {
  const open = [...world.repositories.values()].filter((one) => !one.private);
  const items = open.map(
    (repository) =>
      mark`<li><a href="/${fullName(repository)}">${fullName(repository)}</a> (git: ${world.url}/${fullName(repository)}.git)</li>`,
  );
  return [mark`<ul>${items}</ul>`];
}

function listPulls(repository: Repository): Html[] {
  const items = repository.pulls.map((pull) => {
    const address = `/${fullName(repository)}/pull/${pull.number}`;
    return mark`<li><a href="${address}">#${pull.number} ${pull.title}</a>, ${stateOf(pull)}, by ${pull.author.login}: ${checksLine(repository, pull)}</li>`;
  });
  return [mark`<p><a href="/">all repositories</a></p><ul>${items}</ul>`];
}

function showPull(repository: Repository, number: number): Html[] {
  const pull = findPull(repository, number);
  const reviews = reviewsOf(repository, pull).map(
    (review) =>
      mark`<li>${review.author.login}: ${review.state} of ${review.commit.slice(0, 8)} ${review.body}</li>`,
  );
  return [
    mark`<p><a href="/${fullName(repository)}">${fullName(repository)}</a></p>`,
    mark`<p>#${number}, ${stateOf(pull)}: ${pull.author.login} wants to merge ${pull.head.branch} (${pull.head.sha}) into ${pull.base.branch}</p>`,
    mark`<pre>${pull.body ?? ""}</pre><h2>Reviews</h2><ul>${reviews}</ul><h2>Checks</h2>`,
    ...latestCheckRuns(repository, pull.head.sha).map(showRun),
  ];
}

function showRun(run: CheckRun): Html {
  return mark`<section><h3>${run.conclusion ?? run.status}: ${run.name} (${run.app.name})</h3>
<p>${run.title ?? ""}</p><pre>${run.summary ?? ""}</pre><pre>${run.text ?? ""}</pre>
<ul>${run.annotations.map(showAnnotation)}</ul></section>`;
}

function showAnnotation(annotation: Annotation): Html {
  const { path, startLine, endLine, level, title, message } = annotation;
  const lines = startLine === endLine ? String(startLine) : `${startLine}-${endLine}`;
  return mark`<li><b>${level}</b> ${path}:${lines} <b>${title ?? ""}</b><pre>${message}</pre></li>`;
}

function stateOf(pull: Pull): string {
  if (pull.mergedAt !== null) return "merged";
  return pull.draft ? `${pull.state} draft` : pull.state;
}

function checksLine(repository: Repository, pull: Pull): string {
  const runs = latestCheckRuns(repository, pull.head.sha);
  return runs.map(({ name, status, conclusion }) => `${name} ${conclusion ?? status}`).join(", ");
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escape(title)}</title>
<style>body{font:16px sans-serif;max-width:60rem;margin:2rem auto}pre{white-space:pre-wrap}section{border:1px solid;padding:0 1rem;margin:1rem 0}</style>
<h1>${escape(title)}</h1>${body}</html>\n`;
}

function html(parts: readonly Html[]): string {
  return parts.map((part) => part.html).join("\n");
}

/** A template whose values are escaped, unless they are HTML already. */
function mark(
  texts: TemplateStringsArray,
  ...values: readonly (string | number | readonly Html[])[]
): Html {
  const shown = values.map((value) =>
    typeof value === "object" ? html(value) : escape(String(value)),
  );
  return { html: texts.map((text, index) => `${text}${shown[index] ?? ""}`).join("") };
}

function escape(text: string): string {
  const names: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replace(/[&<>"']/g, (character) => names[character] ?? "");
}
