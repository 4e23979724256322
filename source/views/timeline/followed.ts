import {type CommandLife, type Excerpt} from '../../tracking/excerpt.js';

/** A command by its queue and its number there. */
export type CommandName = {readonly queue: number; readonly number: number};

/** The command that is followed, and the one that was before it. */
export class Followed {
	first: CommandName | undefined;
	private second: CommandName | undefined;

	/** Follows a command; the one before it stays as the second. */
	follow(command: CommandName | undefined): void {
		const {first} = this;
		if (command?.number !== first?.number || command?.queue !== first?.queue) {
			this.second = first;
			this.first = command;
		}
	}

	/** The one that was followed before, where an excerpt has it. */
	secondIn(excerpt: Excerpt): CommandLife | undefined {
		return this.second && lifeOf(excerpt, this.second);
	}
}

/** The life of a command, where an excerpt has it. */
export function lifeOf({commands}: Excerpt, {queue, number}: CommandName): CommandLife | undefined {
	return commands.find(life => life.queue === queue && life.number === number);
}
