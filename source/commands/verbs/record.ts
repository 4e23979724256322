import {type Verb} from '../verb.js';

/** `vqlab record`. */
export const verb: Verb = {
	name: 'record',
	after: 'view',
	synopsis: '--help',
	summary: 'the commands that record a guest and its host, to paste',
	words: 0,
	flags: ['output'],
	examples: ['vqlab record --help'],
	async help() {
		const {recordScript} = await import('../record.js');
		return recordScript;
	},
	async run() {
		const {runRecordCommand} = await import('../record.js');
		return runRecordCommand();
	},
};
