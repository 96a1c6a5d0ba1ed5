package lesson

func readings(src Source, scope Scope) Lesson { return nil }
