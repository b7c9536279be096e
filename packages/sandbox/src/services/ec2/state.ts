/** One of what is looked up, by the names of the API. */
export type Ec2Resource = Readonly<Record<string, unknown>>;

export const state = {
  /** What EC2 has of each kind, by the member of the answer that lists it: `Vpcs`, `Subnets` and so on. */
  networks: () => new Map<string, Ec2Resource[]>(),
};
