import {clientParameters, clientSettingNames} from '../../guest/client-parameters.js';
import {metrics} from '../../metrics/metric-table.js';
import {formatValue} from '../../parameters/value.js';
import {loadPreset} from '../../presets/load-preset.js';
import {nodePresetFiles, ownPresetNames, presetNames} from '../../presets/preset-files.js';
import {listPresetWords} from '../../presets/preset-words.js';
import {isKnownKey, parameter, parameters} from '../../simulation/parameters/table.js';
import {flagNamed, flags, spelling, type FlagName, type FlagWords} from '../flags.js';
import {commandOf, commands, dashboardFlags} from '../registry.js';
import {type Verb} from '../verb.js';
import {shellNames} from './shells.js';

/** A word that may stand under the cursor, and what it is. */
export type Candidate = readonly [value: string, what: string];

/** What may come next. */
export type Candidates = {
	readonly values: readonly Candidate[];
	/** File names as well. */
	readonly files: boolean;
	/** The word goes on: no space after it. */
	readonly open: boolean;
};

const sample: Candidate = ['sample', 'the recordings that ship'];
const nothing: Candidates = {values: [], files: false, open: false};
const table: Readonly<Record<string, FlagWords>> = flags;

/** What may stand in the place of `current`, after these words (without `vqlab`). */
export async function candidatesFor(before: readonly string[], current: string): Promise<Candidates> {
	const command = commandOf(before.find(word => !word.startsWith('-')) ?? '');
	const found = await unfiltered(before, current, command);
	return {...found, values: found.values.filter(([value]) => value.startsWith(current))};
}

async function unfiltered(before: readonly string[], current: string, command: Verb | undefined): Promise<Candidates> {
	const pending = valueFlag(before.at(-1));
	if (pending !== undefined) {
		return flagValues(pending, current, {before, command});
	}

	const equals = current.indexOf('=');
	const written = equals === -1 ? undefined : valueFlag(current.slice(0, equals));
	if (written !== undefined) {
		const prefix = current.slice(0, equals + 1);
		const found = await flagValues(written, current.slice(equals + 1), {before, command});
		return {...found, values: found.values.map(([value, what]) => [`${prefix}${value}`, what])};
	}

	if (current.startsWith('-')) {
		return {...nothing, values: await flagCandidates(before, command)};
	}

	return words(before, command);
}

/** The flag that waits for its value after this word. */
function valueFlag(word: string | undefined): FlagName | undefined {
	const name = word === undefined ? undefined : flagNamed(word);
	return name === undefined || table[name].type === 'boolean' ? undefined : name;
}

/** Flags that this command takes and that were not given; those that repeat stay. */
async function flagCandidates(before: readonly string[], command: Verb | undefined): Promise<readonly Candidate[]> {
	const given = new Set(before.map(word => flagNamed(word.split('=', 1)[0])));
	const names: readonly FlagName[] = [...(command?.flags ?? [...dashboardFlags, 'version' as const]), 'help'];
	const free = names.filter(name => table[name].isMultiple === true || !given.has(name));
	return Promise.all(
		free.map(async (name): Promise<Candidate> => {
			const {help} = table[name];
			return [spelling(name), typeof help === 'string' ? help : await help()];
		}),
	);
}

type Place = {readonly before: readonly string[]; readonly command: Verb | undefined};

async function flagValues(name: FlagName, current: string, {before, command}: Place): Promise<Candidates> {
	const choices = command?.choices?.[name];
	if (choices !== undefined) {
		const values = typeof choices === 'function' ? await choices() : choices;
		return {...nothing, values: values.map(value => [value, ''])};
	}

	const {names} = table[name];
	if (names === 'setting') {
		return settings(current, before);
	}

	if (names === 'key') {
		return {...nothing, values: parameters.map(({key, label}) => [key, label])};
	}

	if (names === 'preset') {
		return {values: await presetCandidates(), files: true, open: false};
	}

	if (names === 'metric') {
		return {values: metrics.map(({path, label}) => [path, label]), files: false, open: true};
	}

	return {...nothing, files: names === 'file'};
}

/** `key=`, and after the sign the values of a choice, a switch, or the default. */
function settings(current: string, before: readonly string[]): Candidates {
	const equals = current.indexOf('=');
	if (equals === -1) {
		const keys = [...parameters.map(({key, label}): Candidate => [`${key}=`, label]), ...clientKeys(before)];
		return {values: keys, files: false, open: true};
	}

	const key = current.slice(0, equals);
	if (!isKnownKey(key)) {
		return nothing;
	}

	const entry = parameter(key);
	const values: readonly Candidate[] =
		entry.type === 'choice'
			? entry.choices.map(({value, words: what}) => [value, what])
			: entry.type === 'boolean'
				? [
						['true', entry.label],
						['false', entry.label],
					]
				: [[formatValue(entry, entry.default), 'the default']];
	return {...nothing, values: values.map(([value, what]) => [`${key}=${value}`, what])};
}

/**
The keys of the clients of the preset that stands in the line, the one that
opens without a name otherwise.
*/
function clientKeys(before: readonly string[]): readonly Candidate[] {
	const names = new Set([...presetNames(), ...ownPresetNames()]);
	const preset = before.find(word => names.has(word));
	if (preset === undefined) {
		return [];
	}

	return (loadPreset(preset).clients ?? []).flatMap(({name}) =>
		clientSettingNames.map((setting): Candidate => {
			const label = clientParameters.find(({key}) => key.endsWith(`.${setting}`))?.label ?? setting;
			return [`clients.${name}.${setting}=`, `${label} of ${name}`];
		}),
	);
}

async function presetCandidates(): Promise<readonly Candidate[]> {
	const presets = await listPresetWords(nodePresetFiles());
	return presets.map(({name, title}) => [name, title]);
}

/** What stands alone: the verb, then what the verb takes. */
async function words(before: readonly string[], command: Verb | undefined): Promise<Candidates> {
	const alone = before.filter((word, index) => !word.startsWith('-') && valueFlag(before[index - 1]) === undefined);
	if (command === undefined) {
		return alone.length > 0
			? nothing
			: {
					values: [
						...commands.map(({name, summary}): Candidate => [name, summary]),
						...(await presetCandidates()),
					],
					files: true,
					open: false,
				};
	}

	const {takes = []} = command;
	const place = alone.length - 1;
	const kind = takes[place];
	switch (kind) {
		case 'preset': {
			return {values: await presetCandidates(), files: true, open: false};
		}

		case 'subject': {
			return {values: [...(await presetCandidates()), sample], files: true, open: false};
		}

		case 'recording': {
			return {values: [sample], files: true, open: false};
		}

		case 'file': {
			return {...nothing, files: true};
		}

		case 'verb': {
			return {...nothing, values: commands.map(({name, summary}) => [name, summary])};
		}

		case 'shell': {
			return {...nothing, values: shellNames.map(name => [name, ''])};
		}

		case 'explained': {
			const {explainedWords} = await import('../explain.js');
			return {...nothing, values: explainedWords().filter(([word]) => !/\s/v.test(word))};
		}

		case undefined: {
			return nothing;
		}
	}
}
