package dev.deprovisioner.problem;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a handler itself refuses a request with, besides what any may meet: its token, its rate, its form. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface MayRefuse {

    ProblemType[] value();
}
