import fc from "fast-check";
import { expect, test } from "vitest";
import { listingOfFiles } from "../../../rules/capabilities/read-file.ts";
import { diffDependencies, type LocatedDependency } from "../../../rules/dependencies/differ.ts";
import { gitAt, ownRegistry, registryAt } from "../../../rules/dependencies/source.ts";

const PATH = "lock";

function locked(patch: Partial<LocatedDependency> = {}): LocatedDependency {
  return {
    ...{ ecosystem: "npm", name: "a", version: "1.0.0", group: "", direct: null },
    ...{ source: ownRegistry("npm"), integrity: ["sha512-A"], line: 1, path: PATH },
    ...patch,
  };
}

function provider(integrity: readonly string[]): LocatedDependency {
  return locked({ ecosystem: "terraform", integrity });
}

function manifest(path: string): LocatedDependency {
  const { integrity, ...named } = locked({ path });
  return integrity ? named : locked({ path });
}

function facts(base: readonly LocatedDependency[], head: readonly LocatedDependency[]): string[] {
  const paths = [...new Set([...base, ...head].map(({ path }) => path))];
  const version = { oid: "a", mode: "100644" } as const;
  const files = paths.map((path) => ({
    path,
    ...(base.some((item) => item.path === path) && { base: version }),
    ...(head.some((item) => item.path === path) && { head: version }),
  }));
  return diffDependencies({ base, head, listing: listingOfFiles(files) }).map(
    ({ delta, name, from, to, integrity, line }) =>
      `${delta} ${name} ${from ?? "-"}→${to ?? "-"} ${integrity ?? "-"} :${line}`,
  );
}

test.each([
  { when: "one is added", base: [], head: [locked()], seen: ["added a -→1.0.0 present :1"] },
  { when: "one is removed", base: [locked()], head: [], seen: ["removed a 1.0.0→- present :1"] },
  {
    when: "a version changes",
    base: [locked()],
    head: [locked({ version: "1.0.1", integrity: ["sha512-B"] })],
    seen: ["changed a 1.0.0→1.0.1 present :1"],
  },
  {
    when: "a digest changes under the same version",
    base: [locked()],
    head: [locked({ integrity: ["sha512-B"], integrityLine: 4 })],
    seen: ["changed a 1.0.0→1.0.0 changed :4"],
  },
  {
    when: "a manifest comes to name what a lock file beside it is held to",
    base: [locked()],
    head: [locked(), manifest("mod")],
    seen: ["added a -→1.0.0 - :1"],
  },
  {
    when: "the digests of a manifest go",
    base: [locked()],
    head: [manifest(PATH)],
    seen: ["changed a 1.0.0→1.0.0 changed :1"],
  },
  {
    when: "a second copy is held to another digest",
    base: [locked()],
    head: [locked(), locked({ integrity: ["sha512-B"], line: 9 })],
    seen: ["added a -→1.0.0 changed :9"],
  },
  {
    when: "a digest is lost, with another version",
    base: [locked()],
    head: [locked({ version: "1.0.1", integrity: [] })],
    seen: ["changed a 1.0.0→1.0.1 changed :1"],
  },
  {
    when: "a digest becomes one of a stronger sort",
    base: [locked({ integrity: ["sha1-A"] })],
    head: [locked()],
    seen: ["changed a 1.0.0→1.0.0 restated :1"],
  },
  {
    when: "a digest becomes one of a weaker sort",
    base: [locked()],
    head: [locked({ integrity: ["sha1-A"] })],
    seen: ["changed a 1.0.0→1.0.0 changed :1"],
  },
  {
    when: "the stronger one of two digests goes",
    base: [locked({ integrity: ["sha1-A", "sha512-A"] })],
    head: [locked({ integrity: ["sha1-A"] })],
    seen: ["changed a 1.0.0→1.0.0 changed :1"],
  },
  {
    when: "a package has another digest as well",
    base: [locked()],
    head: [locked({ integrity: ["sha512-A", "sha512-B"] })],
    seen: ["changed a 1.0.0→1.0.0 changed :1"],
  },
  {
    when: "a provider has those of another platform as well",
    base: [provider(["h1:A", "zh:C"])],
    head: [provider(["h1:A", "h1:B", "zh:C", "zh:D"])],
    seen: ["changed a 1.0.0→1.0.0 present :1"],
  },
  {
    when: "a provider has one in the place of another",
    base: [provider(["h1:A", "zh:C"])],
    head: [provider(["h1:B", "zh:C"])],
    seen: ["changed a 1.0.0→1.0.0 changed :1"],
  },
  {
    when: "a provider has fewer",
    base: [provider(["h1:A", "h1:B"])],
    head: [provider(["h1:A"])],
    seen: ["changed a 1.0.0→1.0.0 present :1"],
  },
  {
    when: "a provider has none any more",
    base: [provider(["h1:A"])],
    head: [provider([])],
    seen: ["changed a 1.0.0→1.0.0 changed :1"],
  },
  {
    when: "another registry gives it",
    base: [locked()],
    head: [locked({ source: registryAt("https://npm.example.org/a/-/a.tgz", "npm", []) })],
    seen: ["changed a 1.0.0→1.0.0 present :1"],
  },
])("it is seen where $when", ({ base, head, seen }) => {
  expect(facts(base, head)).toEqual(seen);
});

test.each([
  { what: "another line", head: [locked({ line: 7 })] },
  { what: "another list", head: [locked({ group: "devDependencies" })] },
  { what: "another file", head: [locked({ path: "other" })] },
])("the same dependency in $what gives nothing", ({ head }) => {
  expect(facts([locked()], head)).toEqual([]);
});

test("the facts are the same for every order", () => {
  const some = fc.array(
    fc
      .record({
        name: fc.constantFrom("a", "b"),
        version: fc.constantFrom("1", "2"),
        digest: fc.constantFrom("sha512-A", "sha512-B"),
        line: fc.integer({ min: 1, max: 5 }),
      })
      .map(({ digest, ...rest }) => locked({ ...rest, integrity: [digest] })),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(some, some, (base, head) => {
      expect(facts([...base].reverse(), [...head].reverse())).toEqual(facts(base, head));
    }),
  );
});

test("no password of an address reaches a fact", () => {
  const secret = fc.stringMatching(/^SECRET[a-z0-9]{4}$/);
  const address = fc.constantFrom(
    (word: string) => `https://user:${word}@host.example/a.git#v1`,
    (word: string) => `git+https://${word}@host.example/a.git#${"0".repeat(40)}`,
    (word: string) => `https://user:${word}/x@host.example/a.git`,
    (word: string) => `user:${word}@host.example:a/b`,
    (word: string) => `https://host.example/a.tgz?token=${word}`,
  );
  fc.assert(
    fc.property(secret, address, (word, write) => {
      const version = write(word);
      const head = [locked({ version, range: "exact", source: gitAt(version) })];
      const listing = listingOfFiles([{ path: PATH, head: { oid: "a", mode: "100644" } }]);
      const told = JSON.stringify(diffDependencies({ base: [], head, listing }));
      expect(told).not.toContain(word);
    }),
  );
});
