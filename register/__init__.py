"""The register: who allowed what. Policies, consents, contributions, releases, users and the ledger."""
