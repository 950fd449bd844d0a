/** A workflow as many repositories have it: `jobs` of eight steps; `mark` makes its texts its own. */
export function realisticWorkflow(jobs: number, mark: string): string {
  const bodies = Array.from({ length: jobs }, (_, number) => job(number, mark));
  return `name: CI
on:
  push:
    branches: [main]
  pull_request:
concurrency:
  group: \${{ github.workflow }}-\${{ github.ref }}
  cancel-in-progress: true
permissions:
  contents: read
jobs:
${bodies.join("")}`;
}

function job(number: number, mark: string): string {
  return `  job-${number}:
    name: Build \${{ matrix.node }} on \${{ matrix.os }}
    runs-on: \${{ matrix.os }}
    permissions:
      contents: read
      pull-requests: write
    strategy:
      matrix:
        os: [ubuntu-latest, windows-latest]
        node: [22, 24]
    steps:
      - uses: actions/checkout@v4
        with:
          persist-credentials: false
      - uses: actions/setup-node@0123456789abcdef0123456789abcdef01234567 # v4
        with:
          node-version: \${{ matrix.node }}
          cache: npm
      - run: npm ci
      - name: Test
        if: github.event_name == 'pull_request' || github.ref == 'refs/heads/main'
        run: |
          set -euo pipefail
          npm test -- --coverage
          echo "mark=${mark}" >> "$GITHUB_OUTPUT"
        env:
          CI: true
          TITLE: \${{ github.event.pull_request.title }}
      - name: Lint
        run: npm run lint && npm run format -- --check
      - uses: actions/upload-artifact@v4
        with:
          name: coverage-\${{ matrix.os }}-${number}
          path: coverage/
      - name: Report
        if: always()
        uses: octo/report@v2
        with:
          token: \${{ secrets.REPORT_TOKEN }}
      - name: Publish
        if: startsWith(github.ref, 'refs/tags/')
        run: npm publish --provenance
        env:
          NODE_AUTH_TOKEN: \${{ secrets.NPM_TOKEN }}
`;
}
