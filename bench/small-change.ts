export const WORKFLOW = ".github/workflows/release.yml";

/** As many small files, in 50 folders; `mark` makes their texts others. */
export function manyFiles(count: number, mark = "file"): Record<string, string> {
  const numbers = Array.from({ length: count }, (_, number) => number);
  return Object.fromEntries(numbers.map((n) => [`src/${n % 50}/file-${n}.txt`, `${mark} ${n}\n`]));
}

export function workflow(level: "read" | "write"): string {
  return `on: push
permissions:
  contents: ${level}
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
`;
}
