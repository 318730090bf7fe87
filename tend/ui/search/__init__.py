"""Finding anybody: customers and contracts by name, id, number, pinyin and its initials."""
