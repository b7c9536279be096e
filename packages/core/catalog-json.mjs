// The catalog as plain JSON, for programs in other languages: what catalog.schema.json describes.

/**
 * @param core what the package exports
 * @param proofs what recorded runs showed, by the id of the entry
 * @param version the release
 */
export function catalogJson({ useCases, trustEntries, partitions, partitionsReadOn }, proofs, version) {
  return {
    $schema: './catalog.schema.json',
    format: 1,
    version,
    partitionsReadOn,
    partitions,
    useCases: useCases.map((useCase) => ({ ...useCase, proof: summaryOf(proofs[useCase.id]) })),
    trustEntries,
  };
}

function summaryOf(proof) {
  if (proof === undefined) return undefined;
  const { tools, counts, atoms } = proof;
  return { tools, counts, atoms: Object.fromEntries(atoms.map(({ atom, outcome }) => [atom, outcome])) };
}
