import {existsSync, statSync} from 'node:fs';
import {availableParallelism} from 'node:os';
import {type PictureOptions} from '../dashboard/pictures.js';
import {type StillDesk} from '../dashboard/still-desk.js';
import {nearest} from '../errors/nearest.js';
import {UserError} from '../errors/user-error.js';
import {readStart} from '../files/read-start.js';
import {formatDuration, quoted} from '../parameters/duration.js';
import {givenPreset} from '../presets/load-preset.js';
import {presetNames} from '../presets/preset-files.js';
import {configurationOf} from '../presets/preset.js';
import {registryOf} from '../session/commands.js';
import {type DeskView} from '../session/controller.js';
import {missingWords} from '../session/missing-words.js';
import {readSession} from '../session/saved-session.js';
import {defaultSpeed, parseSpeed} from '../session/speed.js';
import {parseSets} from '../simulation/parameters/parse-set.js';
import {views} from '../views/list.js';
import {type FlagName} from './flags.js';
import {liveAdviser} from './live-adviser.js';
import {budgetOf, changesOf} from './run-options.js';
import {defaultPreset} from './run.js';
import {settingsOf} from './settings.js';
import {pictureOptions} from './snapshot-options.js';
import {type CommandContext, type CommandOutcome} from './verb.js';

const ofRuns: readonly FlagName[] = ['change', 'seed', 'warmup', 'for', 'events', 'speed'];
const ofRecordings: readonly FlagName[] = ['host', 'device', 'beside'];

/**
`vqlab snapshot`: the screen that the dashboard would show of a preset's run or of a
recording at a time, as text, with colours, or as a picture. It depends on nothing but its
arguments. Throws `UserError`.
*/
export async function snapshot(context: CommandContext): Promise<CommandOutcome> {
	const {input, line} = context;
	const [name = defaultPreset] = input;
	const picture = pictureOptions(line.flags);
	const view = viewOf(line.flags.view ?? 'overview');
	refuseUnknownKeys(picture.keys);
	const kind = isRecording(name) ? 'recording' : 'run';
	for (const flag of kind === 'recording' ? ofRuns : ofRecordings) {
		if (line.given.has(flag)) {
			throw new UserError(
				`snapshot: --${flag} is for ${kind === 'run' ? 'recordings' : 'presets'}, and ${quoted(name)} is none`,
			);
		}
	}

	if (view.words[kind] === undefined) {
		throw new UserError(missingWords(view, {kind}));
	}

	const {pictureOf} = await import('../dashboard/pictures.js');
	const desk = await (kind === 'recording' ? recorded(name, picture, context) : simulated(name, picture, context));
	desk.controller.update({view: view.id});
	await context.interrupt.during(async () => view.ready?.(desk.controller));
	return {output: pictureOf(desk, picture), exitCode: 0};
}

async function simulated(name: string, picture: PictureOptions, context: CommandContext): Promise<StillDesk> {
	const {
		line: {flags},
		interrupt,
		progress,
		warn,
	} = context;
	const saved = name.endsWith('.json') ? readSession(name) : undefined;
	const preset = saved?.preset ?? givenPreset(name);
	const sets = parseSets(settingsOf(flags));
	const configuration = configurationOf(preset, sets);
	const {parameters} = configuration;
	const end = picture.at ?? saved?.end ?? parameters.warmup + parameters.duration;
	const own = (saved?.acts ?? []).flatMap(({at, set}) => (set === undefined || at >= end ? [] : [{at, set}]));
	const added = changesOf(flags.change, {
		...configuration,
		parameters: {...parameters, warmup: 0, duration: end},
	});
	const changes = [...own, ...added].toSorted((a, b) => a.at - b.at);
	const budget = budgetOf(flags.events);
	const speed = flags.speed === undefined ? defaultSpeed : parseSpeed(flags.speed);
	const {runDesk} = await import('../dashboard/pictures.js');
	return interrupt.during(async () => {
		const desk = await runDesk(
			{
				preset,
				reference: name,
				sets,
				changes,
				end,
				budget,
				speed,
				isStopped: () => interrupt.signal !== undefined,
				progress,
				adviser: liveAdviser({
					workers: availableParallelism(),
					signal: interrupt.stopped,
					onShare(share) {
						progress.show('advise', share, 'paired runs');
					},
				}),
			},
			picture,
		);
		const {session} = desk.controller.subject.run ?? {};
		if (session !== undefined && session.now < end && session.events >= budget) {
			warn(`warning: the budget of ${budget} events ends at ${formatDuration(Math.floor(session.now))}`);
		}

		return desk;
	});
}

async function recorded(name: string, picture: PictureOptions, context: CommandContext): Promise<StillDesk> {
	const {host, device, beside, set} = context.line.flags;
	if (set.length > 0 && beside === undefined) {
		throw new UserError(
			'snapshot: --set changes the model that --beside simulates; a recording has no parameters to set',
		);
	}

	const {recordingDesk} = await import('../dashboard/pictures.js');
	return recordingDesk({trace: name, host, device, beside, set}, picture, context.progress);
}

/**
A name in presets/, a path that ends in .json, and a file that begins as JSON does are presets.
*/
function isRecording(name: string): boolean {
	if (name === '-' || name.endsWith('.json') || presetNames().includes(name) || !existsSync(name)) {
		return false;
	}

	const isFile = statSync(name).isFile();
	return !isFile || !new TextDecoder().decode(readStart(name, 256)).trimStart().startsWith('{');
}

/** The view of a name or a key. */
function viewOf(wanted: string): DeskView {
	const view = views.find(({id, key}) => id === wanted || key === wanted);
	if (view === undefined) {
		const ids = views.map(({id}) => id);
		const near = nearest(wanted, ids);
		throw new UserError(
			`--view: ${quoted(wanted)} is none of ` +
				`${ids.join(', ')}${near === undefined ? '' : `; did you mean ${near}?`}`,
		);
	}

	return view;
}

function refuseUnknownKeys(keys: readonly string[]): void {
	const names = new Set(registryOf(views).bindings.flatMap(binding => binding.keys));
	for (const key of keys) {
		if (key.length > 1 && !names.has(key)) {
			const near = nearest(key, [...names]);
			throw new UserError(
				`--keys: ${quoted(key)} is no ` +
					`key${near === undefined ? '; names are as in up, enter, tab, esc, C-r, ?' : `; did you mean ${near}?`}`,
			);
		}
	}
}
