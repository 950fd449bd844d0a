/** The direction of the house. Every rule carries its remedy; `npm run check:direction` runs them. */
const hosts = ["app", "action", "cli"];

function room(name, mayNotImport, comment) {
  return {
    name: `${name}-keeps-its-direction`,
    severity: "error",
    from: { path: `^${name}/` },
    to: { path: `^(${mayNotImport.join("|")})/` },
    comment,
  };
}

module.exports = {
  forbidden: [
    room(
      "rules",
      ["ledger", "report", "maestro", "git", "github", ...hosts],
      "Gather it in a host and pass it in as facts.",
    ),
    room(
      "ledger",
      ["rules", "report", "maestro", "git", "github", ...hosts],
      "The ledger knows bytes and its own records; let maestro/ translate.",
    ),
    room("report", ["maestro", "git", "github", ...hosts], "Pass in what is to be shown."),
    {
      name: "report-takes-types-only",
      severity: "error",
      from: { path: "^report/" },
      to: { path: "^(rules|ledger)/", dependencyTypesNot: ["type-only"] },
      comment: "report/ shows data: import the type, take the value as an argument.",
    },
    room("maestro", ["report", "git", "github", ...hosts], "Give maestro/ a port."),
    room("git", ["report", "github", ...hosts], "git/ adapts git to ports of the rooms below."),
    room("github", ["git", ...hosts], "github/ adapts GitHub; a host joins it with git/."),
    room("app", ["action", "cli"], "Hosts never import each other."),
    room("action", ["app", "cli"], "Hosts never import each other."),
    room("cli", ["app", "action"], "Hosts never import each other."),
    {
      name: "rules-and-report-reach-nothing",
      severity: "error",
      from: { path: "^(rules|report)/" },
      to: { dependencyTypes: ["core"] },
      comment: "Bytes, time and processes come in as arguments.",
    },
    {
      name: "processes-start-in-git-only",
      severity: "error",
      from: {
        path: "^(rules|ledger|report|maestro|github|app|action|cli)/",
        pathNot: "^maestro/command/governed-command\\.ts$",
      },
      to: { path: "^(node:)?child_process$" },
      comment:
        "Only git/ starts git; only maestro/command/governed-command.ts starts a governed command.",
    },
    {
      name: "product-does-not-import-tests",
      severity: "error",
      from: { path: "^(rules|ledger|report|maestro|git|github|app|action|cli)/" },
      to: { path: "^(test|demo|bench|scripts)/" },
      comment: "What ships stands alone.",
    },
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true },
      comment: "Two modules that need each other are one module, or lack a third.",
    },
    {
      name: "everything-resolves",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
      comment: "An import that leads nowhere hides an arrow from these rules.",
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(dist|node_modules)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      mainFields: ["module", "main", "types"],
    },
  },
};
