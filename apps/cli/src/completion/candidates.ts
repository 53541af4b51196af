import type { CommandUnknownOpts, Option } from '@commander-js/extra-typings';

/** A word that can stand at the cursor. */
export interface Candidate {
  readonly word: string;
  readonly description: string;
}

/** What can stand at the cursor: words, or the files of the shell. */
export type Candidates = readonly Candidate[] | 'files';

/** Values that only this computer knows, such as names of profiles, by option or argument. */
export type OwnValues = Readonly<Record<string, readonly string[]>>;

/**
 * Returns what can stand in place of the last word of a command line, from the tree of commands.
 *
 * @param words the words after the name of the program; the last one may be incomplete
 */
export function candidates(
  program: CommandUnknownOpts,
  words: readonly string[],
  ownValues: OwnValues,
): Candidates {
  const place = findPlace(program, words.slice(0, -1));
  const word = words.at(-1) ?? '';
  const [name, value] = splitOption(word);
  if (place.option !== undefined) {
    return valuesOf(place.option, word, ownValues);
  }
  const option = value === undefined ? undefined : findOption(place.command, name);
  if (option !== undefined && value !== undefined) {
    return withPrefix(valuesOf(option, value, ownValues), `${name}=`);
  }
  if (word.startsWith('-') && !place.isLiteral) {
    return startingWith(word, optionsOf(place.command).flatMap(optionCandidates));
  }
  return startingWith(word, [
    ...(place.argumentCount === 0 ? commandCandidates(place.command) : []),
    ...argumentCandidates(place, ownValues),
  ]);
}

/** Where the cursor is. */
interface Place {
  readonly command: CommandUnknownOpts;
  /** The option whose value is at the cursor. */
  readonly option: Option | undefined;
  /** The arguments of the command before the cursor. */
  readonly argumentCount: number;
  /** After `--`, nothing is an option. */
  readonly isLiteral: boolean;
}

function findPlace(program: CommandUnknownOpts, words: readonly string[]): Place {
  let place: Place = { command: program, option: undefined, argumentCount: 0, isLiteral: false };
  for (const word of words) {
    place = nextPlace(place, word);
  }
  return place;
}

function nextPlace(place: Place, word: string): Place {
  const { command, option, argumentCount, isLiteral } = place;
  if (option !== undefined) {
    return { ...place, option: undefined };
  }
  // `help` is followed by the commands of the same place.
  if (word === 'help' && argumentCount === 0 && !isLiteral && command.commands.length > 0) {
    return place;
  }
  if (word === '--' || isLiteral) {
    return { ...place, isLiteral: true, argumentCount: argumentCount + (isLiteral ? 1 : 0) };
  }
  if (word.startsWith('-') && word !== '-') {
    const named = findOption(command, word);
    return { ...place, option: named?.required || named?.optional ? named : undefined };
  }
  const child = argumentCount === 0 && command.commands.find((each) => each.name() === word);
  return child ? { ...place, command: child } : { ...place, argumentCount: argumentCount + 1 };
}

function splitOption(word: string): [name: string, value?: string] {
  const equals = word.startsWith('--') ? word.indexOf('=') : -1;
  return equals < 0 ? [word] : [word.slice(0, equals), word.slice(equals + 1)];
}

/** Returns the options of a command and of those above it: all are accepted after its name. */
function optionsOf(command: CommandUnknownOpts): Option[] {
  const own = command.createHelp().visibleOptions(command);
  return command.parent === null
    ? own
    : [...own, ...optionsOf(command.parent).filter(({ long }) => !has(own, long))];
}

function has(options: readonly Option[], long: string | undefined): boolean {
  return options.some((option) => option.long === long);
}

function findOption(command: CommandUnknownOpts, name: string): Option | undefined {
  return optionsOf(command).find(({ long, short }) => long === name || short === name);
}

function optionCandidates({ long, description }: Option): Candidate[] {
  return long === undefined ? [] : [{ word: long, description }];
}

function commandCandidates(command: CommandUnknownOpts): Candidate[] {
  const children = command.createHelp().visibleCommands(command);
  return children.map((child) => ({ word: child.name(), description: child.description() }));
}

function argumentCandidates({ command, argumentCount }: Place, ownValues: OwnValues): Candidate[] {
  const all = command.registeredArguments;
  const last = all.at(-1);
  const argument = all[argumentCount] ?? (last?.variadic ? last : undefined);
  const values = ownValues[argument?.name() ?? ''] ?? argument?.argChoices ?? [];
  return values.map((word) => ({ word, description: '' }));
}

/** Returns the values of an option; of a list with commas, those of the part at the cursor. */
function valuesOf(option: Option, word: string, ownValues: OwnValues): Candidates {
  if (option.flags.endsWith('<path>')) {
    return 'files';
  }
  const values = ownValues[option.attributeName()] ?? option.argChoices ?? [];
  const done = word.slice(0, word.lastIndexOf(',') + 1);
  const found = values.map((value) => ({ word: `${done}${value}`, description: '' }));
  return startingWith(word, found);
}

function startingWith(start: string, all: readonly Candidate[]): Candidate[] {
  return all.filter(({ word }) => word.startsWith(start));
}

function withPrefix(found: Candidates, prefix: string): Candidates {
  return found === 'files'
    ? found
    : found.map(({ word, description }) => ({ word: `${prefix}${word}`, description }));
}
