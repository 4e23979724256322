import {UserError} from '../errors/user-error.js';
import {type CommandContext, type CommandOutcome} from './verb.js';

export async function adversary(_: CommandContext): Promise<CommandOutcome> {
	throw new UserError('not yet');
}
