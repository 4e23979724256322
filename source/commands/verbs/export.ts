import {settingsOf} from '../settings.js';
import {type Verb} from '../verb.js';

/** `vqlab export`. */
export const verb: Verb = {
	name: 'export',
	after: 'validate',
	synopsis: '[preset|file|-]',
	summary: "a run for Perfetto, as ftrace text, as csv; or QEMU's options",
	words: 1,
	takes: ['preset'],
	flags: ['to', 'set', 'seed', 'for', 'warmup', 'change', 'events', 'output', 'quiet'],
	choices: {
		async to() {
			const {exportFormats} = await import('../../export/formats.js');
			return exportFormats.map(({id}) => id);
		},
	},
	examples: ['vqlab export seed-2019-kick-under-lock --for 20ms --to perfetto --output run.json'],
	async run({input, line, interrupt, progress}) {
		const {exportDuration, runExportCommand} = await import('../export.js');
		const {budgetOf} = await import('../run-options.js');
		const settings = settingsOf({...line.flags, for: line.flags.for ?? exportDuration});
		return runExportCommand(input, {
			to: line.flags.to,
			settings,
			change: line.flags.change,
			budget: budgetOf(line.flags.events),
			interrupt,
			progress,
		});
	},
};
