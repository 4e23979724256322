import {UserError} from '../../errors/user-error.js';
import {formatFlag} from '../format-flag.js';
import {type Verb} from '../verb.js';

/** `vqlab presets`, `vqlab presets --check FILE`, `vqlab presets new`. */
export const verb: Verb = {
	name: 'presets',
	after: 'record',
	synopsis: '[new [preset]] | [--check file…]',
	summary: 'the incidents and machines that ship, and your own',
	words: 1000,
	isLong: true,
	takes: ['preset'],
	flags: ['check', 'set', 'format', 'output', 'quiet'],
	means: {
		check: 'check files: that they load, what they warn of, that what they claim holds',
		set: 'new: a parameter of the new preset',
		output: 'new: the file; without it a file of that name in your own folder',
	},
	choices: {format: ['text', 'json']},
	examples: [
		'vqlab presets',
		'vqlab presets new seed-2019-kick-under-lock --set host.cpus=2 --output my-guest.json',
		'vqlab presets --check my-guest.json',
	],
	async run({input, line, interrupt, progress}) {
		const {check, format: given, output, set} = line.flags;
		const format = formatFlag(given, ['text', 'json']);
		const [first, ...rest] = input;
		if (check) {
			const {checkPresets} = await import('../presets-check.js');
			return checkPresets(input, {format, interrupt, progress});
		}

		if (first === 'new') {
			const {newPreset} = await import('../presets-new.js');
			return newPreset(rest, {set, output});
		}

		if (first !== undefined || set.length > 0) {
			throw new UserError(
				first === undefined
					? 'presets: --set is for vqlab presets new'
					: `presets: vqlab presets lists them all; vqlab presets --check ${first} checks one, ` +
							`vqlab presets new ${first} makes one from it`,
			);
		}

		const {runPresetsCommand} = await import('../presets.js');
		return runPresetsCommand(input, {format});
	},
};
