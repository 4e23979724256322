import {findings} from '../diagnosis/finding-pages.js';
import {type Lesson} from '../lessons/lesson.js';
import {metrics} from '../metrics/metric-table.js';
import {type Parameter} from '../parameters/parameter.js';
import {formatDuration} from '../parameters/duration.js';
import {parseValue} from '../parameters/value.js';
import {parameter} from '../simulation/parameters/table.js';
import {UserError} from '../errors/user-error.js';
import {type Controller, type DeskCommand} from './controller.js';
import {keysOf} from './key-table.js';
import {matchingParameters} from './parameter-list.js';
import {loadPreset} from './load-preset.js';
import {type PaletteEntry, paletteMatches} from './palette.js';
import {type Phrase, phraseOf, phrases, runPhrase} from './phrases.js';
import {type PresetSummary} from './preset-shelf.js';
import {type Session} from './session.js';

/** An entry with what it does at a desk. May throw `UserError`. */
export type DeskEntry = PaletteEntry & {readonly run: (desk: Controller) => void};

function commandEntry({id, label}: DeskCommand, {registry: {bindings}}: Controller): DeskEntry {
	return {
		label,
		kind: 'command',
		about: id,
		keys: keysOf(id, undefined, bindings).join(' '),
		run(desk) {
			desk.runCommand(id);
		},
	};
}

function explainEntry(word: string, about: string, kind: string): DeskEntry {
	return {
		label: `explain ${word}`,
		kind,
		about,
		keys: '',
		run(desk) {
			desk.update({overlay: {kind: 'explain', word, scroll: 0}});
		},
	};
}

function choicesOf(entry: Parameter): readonly string[] {
	return entry.type === 'choice'
		? entry.choices.map(({value}) => value)
		: entry.type === 'boolean'
			? ['on', 'off']
			: [];
}

function setEntry({key, label}: Parameter, value: string): DeskEntry {
	return {
		label: `set ${key} = ${value}`,
		kind: 'parameter',
		about: label,
		keys: '',
		run(desk) {
			const session = desk.subject.run?.session;
			if (session !== undefined) {
				desk.update({selected: key});
				desk.setFromText(session, key, value);
			}
		},
	};
}

function parameterEntries(entry: Parameter): readonly DeskEntry[] {
	const {key, label} = entry;
	return [
		...choicesOf(entry).map(value => setEntry(entry, value)),
		{
			label: `set ${key} = ...`,
			kind: 'parameter',
			about: label,
			keys: '',
			run(desk) {
				desk.update({selected: key, overlay: {kind: 'editor', key, text: '', error: undefined}});
			},
		},
		explainEntry(key, label, 'explain'),
	];
}

function presetEntry({name, title}: PresetSummary): DeskEntry {
	return {
		label: `load preset ${name}`,
		kind: 'preset',
		about: title,
		keys: '',
		run(desk) {
			const {run} = desk.subject;
			if (run !== undefined) {
				loadPreset(desk, run, name);
			}
		},
	};
}

function lessonEntry({id, title, preset}: Lesson, number: number): DeskEntry {
	return {
		label: `lesson ${number} ${title}`,
		kind: 'lesson',
		about: preset,
		keys: '',
		run({tour}) {
			tour.start(id);
		},
	};
}

type Known = {readonly of: readonly unknown[]; readonly entries: readonly DeskEntry[]};

let known: Known | undefined;

/** The entries of a desk; kept, because each letter asks for them again. */
function paletteEntries(desk: Controller): readonly DeskEntry[] {
	const of = [desk, desk.view, desk.subject.run?.session.configuration];
	if (known === undefined || known.of.some((value, index) => value !== of[index])) {
		known = {of, entries: allEntries(desk)};
	}

	return known.entries;
}

/**
All that the palette knows at a desk: commands, parameters with their
choices, presets, metrics, verdicts.
*/
function allEntries(desk: Controller): readonly DeskEntry[] {
	const session = desk.subject.run?.session;
	return [
		...desk.offered.map(command => commandEntry(command, desk)),
		...(session === undefined
			? []
			: matchingParameters('', session.configuration).flatMap(entry =>
					entry.family === undefined ? parameterEntries(entry) : [],
				)),
		...(desk.tour.shelf?.lessons ?? []).map((lesson, index) => lessonEntry(lesson, index + 1)),
		...desk.presetList.map(preset => presetEntry(preset)),
		...metrics.map(({path, label}) => explainEntry(path, label, 'metric')),
		...findings.map(([id]) => explainEntry(id, 'verdict', 'verdict')),
		...(session === undefined ? [] : phrases.map(phrase => phraseEntry(phrase))),
	];
}

/** An example of a phrase: it goes into the field, to be made one's own. */
function phraseEntry({usage, about}: Phrase): DeskEntry {
	return {
		label: usage,
		kind: 'phrase',
		about,
		keys: '',
		run(desk) {
			desk.update({overlay: {kind: 'palette', text: usage, index: 0, error: undefined}});
		},
	};
}

/** Takes planned changes away, one by one. */
function plannedEntries(session: Session): readonly DeskEntry[] {
	return session.run.script.upcoming(session.now).map(({at, set}) => {
		const label = `at ${formatDuration(at)} nothing`;
		return {
			label,
			kind: 'phrase',
			about: `takes away ${Object.keys(set).join(', ')}`,
			keys: '',
			run(desk) {
				runPhrase(desk, label);
			},
		};
	});
}

/** Parameters that are offered to be set to a value that was typed, at most. */
const mostTyped = 3;

/** What a parameter, or a part of its name, and a value mean: `queue 256`. */
function typedEntries(text: string, session: Session): readonly DeskEntry[] {
	const [, name, value] = /^\s*(?:set\s+)?(\S+)[\s=]+(\S+)\s*$/v.exec(text) ?? [];
	if (name === undefined || value === undefined) {
		return [];
	}

	return matchingParameters(name, session.configuration)
		.filter(entry => isValue(entry, value))
		.slice(0, mostTyped)
		.map(entry => setEntry(entry, value));
}

/** What the palette offers for a text, best first. */
export function paletteChoices(desk: Controller, text: string): readonly DeskEntry[] {
	const session = desk.subject.run?.session;
	const found = paletteMatches(paletteEntries(desk), text, desk.state.recent);
	// The name of a command may begin with the word of a phrase.
	const isNamed = found.some(({kind, label}) => kind === 'command' && label.startsWith(text.trim()));
	const phrase = !isNamed && /\S\s+\S/v.test(text) ? phraseOf(text) : undefined;
	const typed =
		session === undefined
			? []
			: phrase === undefined
				? typedEntries(text, session)
				: [...paletteMatches(plannedEntries(session), text), phraseEntry(phrase)];
	const labels = new Set(typed.map(({label}) => label));
	return [...typed, ...found.filter(({label}) => !labels.has(label))];
}

/** How many things the palette knows at a desk. */
export function paletteCount(desk: Controller): number {
	return paletteEntries(desk).length;
}

function isValue({key}: Parameter, text: string): boolean {
	try {
		parseValue(parameter(key), text);
		return true;
	} catch (error) {
		if (error instanceof UserError) {
			return false;
		}

		throw error;
	}
}
