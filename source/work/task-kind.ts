/**
Says how far a task is, 0 to 1, and lets the program hear signals meanwhile. True when the task is
to stop: then it answers with what it has.
*/
export type Pause = (share: number) => Promise<boolean>;

/** What answers a task; times that it takes are wall time, which no answer depends on. */
export type TaskAnswerer<Task, Answer> = (task: Task, pause: Pause) => Answer | Promise<Answer>;

/**
A kind of work that can be done in any thread. A task and its answer are plain data that survive
JSON, so that a task may come from a file or another machine.
*/
export type TaskKind<Task, Answer> = {
	/** Names it between threads: the worker's table has a kind of this name. */
	readonly name: string;
	/**
	A task heeds its pauses and answers early. Without it a stop ends the
	worker in the middle of the task.
	*/
	readonly stopsEarly?: true;
	/** Loads the code: what is never asked for costs no start. */
	readonly load: () => Promise<TaskAnswerer<Task, Answer>>;
};

/** Kinds by name, as a worker finds them. */
export type TaskTable = ReadonlyArray<TaskKind<never, unknown>>;
