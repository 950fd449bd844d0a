import {
  addParent,
  cutHistory,
  dropCommit,
  dropRef,
  emptyCommit,
  goBack,
  joinCommits,
  moveRef,
  repeatCommit,
  splitCommit,
  swapCommits,
} from "./commit-mutations.ts";
import { editBytes, editFile, editLines, editMode, editReadme } from "./file-mutations.ts";
import { editAuthor, editDate, editMessage, swapMessages } from "./message-mutations.ts";
import type { Mutation } from "./mutation.ts";

/** Every way to change a branch, by what it changes: each is as likely as any other. */
export const MUTATIONS: readonly Mutation[] = [
  ...[editBytes, editBytes, editLines, editFile, editFile, editMode],
  ...[editMessage, editMessage, swapMessages],
  ...[dropCommit, repeatCommit, swapCommits, emptyCommit, joinCommits, splitCommit, goBack],
  ...[addParent, cutHistory, moveRef, dropRef],
  ...[editReadme, editAuthor, editDate],
];
