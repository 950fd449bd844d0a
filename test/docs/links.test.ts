import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const pages = listed("*.md").filter((path) => !path.startsWith("test/"));

/** The files of a checkout that are no build's: a released package has none to ask of. */
function listed(pattern: string): string[] {
  const args = [
    "-C",
    ROOT,
    "ls-files",
    "-z",
    "--cached",
    "--others",
    "--exclude-standard",
    pattern,
  ];
  return execFileSync("git", args, { encoding: "utf8" })
    .split("\0")
    .filter((path) => path !== "");
}

/** `[words](TARGET)` outside of code, where TARGET is no address. */
function linksOf(text: string): string[] {
  const prose = text.replace(/^(```|~~~).*?^\1$/gms, "").replace(/`[^`\n]*`(?!\])/g, "");
  const targets = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
  return targets.filter((target) => !/^[a-z]+:/.test(target));
}

/** A heading's anchor as GitHub makes it. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{Letter}\p{Number}\p{Mark} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

function brokenLinksOf(page: string): string[] {
  const text = readFileSync(join(ROOT, page), "utf8");
  return linksOf(text).filter((link) => {
    const [path = "", anchor] = link.split("#");
    const target = path === "" ? join(ROOT, page) : join(ROOT, dirname(page), path);
    if (!existsSync(target) || relative(ROOT, target).startsWith("..")) return true;
    if (anchor === undefined || statSync(target).isDirectory()) return false;
    return !anchorsOf(readFileSync(target, "utf8")).includes(anchor);
  });
}

test.each(pages)("every link of %s leads somewhere", (page) => {
  expect(brokenLinksOf(page)).toEqual([]);
});

test("a newcomer finds every page of docs/ from the README", () => {
  const links = linksOf(readFileSync(join(ROOT, "README.md"), "utf8"));
  const docs = pages.filter((path) => path.startsWith("docs/"));
  expect(docs.length).toBeGreaterThan(5);
  expect(docs.filter((path) => !links.includes(path))).toEqual([]);
});
