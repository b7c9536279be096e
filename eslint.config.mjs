import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['**/dist/', '**/out-tsc*/', '**/tmp/', '**/.nx/', 'tools/clients/kept/'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx', '**/*.mts', '**/*.mjs'],
    plugins: { '@nx': nx },
    rules: {
      'no-control-regex': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@nx/enforce-module-boundaries': [
        'error',
        {
          enforceBuildableLibDependency: true,
          allow: [],
          depConstraints: [
            { sourceTag: 'layer:core', onlyDependOnLibsWithTags: [] },
            { sourceTag: 'layer:adapter', onlyDependOnLibsWithTags: ['layer:core'] },
            { sourceTag: 'layer:why', onlyDependOnLibsWithTags: ['layer:core'] },
            { sourceTag: 'layer:detect', onlyDependOnLibsWithTags: ['layer:core'] },
            { sourceTag: 'layer:sandbox', onlyDependOnLibsWithTags: ['layer:core'] },
            { sourceTag: 'layer:proof', onlyDependOnLibsWithTags: ['layer:core', 'layer:sandbox'] },
            {
              sourceTag: 'layer:cli',
              onlyDependOnLibsWithTags: ['layer:core', 'layer:why', 'layer:detect', 'layer:sandbox', 'layer:proof'],
            },
            {
              sourceTag: 'layer:app',
              onlyDependOnLibsWithTags: [
                'layer:core',
                'layer:why',
                'layer:detect',
                'layer:sandbox',
                'layer:proof',
                'layer:cli',
              ],
            },
            {
              sourceTag: 'layer:tool',
              onlyDependOnLibsWithTags: [
                'layer:core',
                'layer:adapter',
                'layer:why',
                'layer:detect',
                'layer:sandbox',
                'layer:proof',
                'layer:cli',
                'layer:app',
              ],
            },
          ],
        },
      ],
    },
  },
  {
    // Programs for users to copy: they import the package as users do.
    files: ['**/examples/**'],
    rules: { '@nx/enforce-module-boundaries': 'off' },
  },
  {
    files: ['packages/core/src/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['node:*', '@postern/*'], message: 'core runs in a browser and depends on nothing' }] },
      ],
      'no-restricted-globals': ['error', 'process', 'Buffer', 'require', '__dirname'],
    },
  },
  {
    files: ['packages/detect/src/**/*.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [{ group: ['node:*'], message: 'detect runs in a browser' }] }],
      'no-restricted-globals': ['error', 'process', 'Buffer', 'require', '__dirname'],
    },
  },
  {
    files: ['packages/why/src/**/*.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [{ group: ['node:*'], message: 'why runs in a browser' }] }],
      'no-restricted-globals': ['error', 'process', 'Buffer', 'require', '__dirname'],
    },
  },
);
