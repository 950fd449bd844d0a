/** The files that the demo's pull requests touch. */

export const POLICY = `version: 1
extends: [bailiff:recommended@1]
policies:
  - id: build-scripts
    title: What the build runs deserves a second look
    decision: WARN
    each: files
    match: { path: "scripts/**" }
    message: "{{item.path}} is run by the build"
    remedy: look at what it does before you merge
`;

const JOBS = `
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - run: npm ci && npm test
  publish:
    runs-on: ubuntu-latest
    needs: test
    steps:
      - uses: actions/checkout@v5
      - run: npm publish
`;

/** The release workflow as it stands on the default branch. */
export const RELEASE = `name: release
on:
  push:
    tags: ["v*"]
permissions:
  contents: read
${JOBS.trimStart().replace(/^/, "")}`;

/** The same grants, written by somebody with other habits. */
export const RELEASE_REFORMATTED = `name: release

"on": { push: { tags: [v*] } }

permissions: { contents: read }
${JOBS.replace("    needs: test\n", "").replace("  publish:\n", "  publish:\n    needs: [test]\n")}`;

/** One word more. */
export const RELEASE_RAISED = RELEASE.replace("contents: read", "contents: write");

export const SCRIPT = `#!/bin/sh
set -eu
npm run build
`;
