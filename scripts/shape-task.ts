/** A preset to scale the costs of, and about how many commands a run of it has. */
export type ShapeTask = {readonly preset: string; readonly commands: number};
